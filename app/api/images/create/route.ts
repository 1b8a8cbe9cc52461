import { createImageDropIn } from '@/lib/drop-in/server'

export const POST = createImageDropIn
