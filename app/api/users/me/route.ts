import { answerPreflight } from '@/lib/drop-in/cors'
import { getMeDropIn } from '@/lib/drop-in/server'

export const GET = getMeDropIn
export const OPTIONS = answerPreflight
