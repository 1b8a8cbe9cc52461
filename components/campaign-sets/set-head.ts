import type { Generation, SetProgress } from '@/lib/generations/schema'

/** A generation that stands for the whole set that it begins. */
export type SetHead = Generation & {
  set: { id: string; name: string; paused: boolean; progress: SetProgress }
}

export const isSetHead = (generation: Generation): generation is SetHead =>
  generation.set?.progress !== undefined
