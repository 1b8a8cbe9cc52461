import { answerPreflight } from '@/lib/drop-in/cors'
import { createImageDropIn } from '@/lib/drop-in/server'

export const POST = createImageDropIn
export const OPTIONS = answerPreflight
