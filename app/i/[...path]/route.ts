import { imageResponse } from '@/lib/images/answer'

export const GET = imageResponse
export const HEAD = imageResponse
