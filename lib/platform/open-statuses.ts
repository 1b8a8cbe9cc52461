import type { GenerationStatus } from '@/prisma/generated/client'

/** A call is made for the generation, or upstream still works on it: it holds a slot of its account. */
export const UNDER_WAY = ['sending', 'pending'] as const satisfies GenerationStatus[]
/** The program will still do something by itself. */
export const OPEN = ['queued', ...UNDER_WAY] as const satisfies GenerationStatus[]
