import 'server-only'
import { EventEmitter } from 'node:events'
import { shared } from '@/lib/platform/shared'
import type { StoredBlob } from '@/lib/platform/storage'
import type { Generation, ImageState } from '@/prisma/generated/client'

/** Answers that this process has durable in its spool and has not written down yet, by generation id. */
const answers = () => shared('generations.answers', () => new Map<string, string>())

/** Remembers where an answer lies, for a drop-in request of this process to use while the database is away. */
export function noteAnswer(generationId: string, spool: string): void {
  answers().set(generationId, spool)
}

/** Once its end is written down, however long that took. */
export function forgetAnswer(generationId: string): void {
  answers().delete(generationId)
}

export function findAnswer(generationId: string): string | undefined {
  return answers().get(generationId)
}

/** An answer without base64 whose images are durable, while its end is not yet committed. */
export type StoredAnswer = {
  text: string | null
  images: { position: number; state: ImageState; error: string | null; stored?: HeldBlob }[]
}

/** A blob whose bytes are still in memory where they are few: nobody needs to read them back. */
export type HeldBlob = StoredBlob & { bytes?: Buffer }

/** A generation as it is now, with its images by their place in its answer. */
export type Seen = Generation & { images: SeenImage[] }
export type SeenImage = {
  position: number
  state: ImageState
  error: string | null
  sha256: string | null
  sizeBytes: number | null
}

const emitter = () => new EventEmitter().setMaxListeners(0)
const stored = () => shared('generations.stored', emitter)
const committed = () => shared('generations.committed', emitter)

/** Tells whoever waits in this process that everything of a success is stored and only its commit is missing. */
export function noteStored(generationId: string, answer: StoredAnswer): void {
  stored().emit(generationId, answer)
}

/** Resolves when that is told of the generation from now on. Call `forget` when nobody waits any more. */
export function whenStored(generationId: string): { answer: Promise<StoredAnswer>; forget: () => void } {
  let listener = (_: StoredAnswer) => {}
  const answer = new Promise<StoredAnswer>((resolve) => (listener = resolve))
  stored().once(generationId, listener)
  return { answer, forget: () => void stored().off(generationId, listener) }
}

const underWay = () => shared('generations.commits_under_way', () => new Set<string>())

/** Whether this process is committing the generation's end: `whenCommitted` tells more than the database's news of it. */
export const isCommitting = (generationId: string): boolean => underWay().has(generationId)

/** Commits an end with its images, and tells whoever waits for it in this process: they need not ask the database. */
export async function committing<T extends Generation | null>(
  id: string,
  { images }: Pick<StoredAnswer, 'images'>,
  commit: () => Promise<T>,
): Promise<T> {
  underWay().add(id)
  try {
    const moved = await commit()
    if (moved) committed().emit(id, { ...moved, images: images.map(toSeen) } satisfies Seen)
    return moved
  } finally {
    underWay().delete(id)
  }
}

const toSeen = ({ position, state, error, stored: blob }: StoredAnswer['images'][number]): SeenImage => ({
  position,
  state,
  error,
  sha256: blob?.sha256 ?? null,
  sizeBytes: blob?.sizeBytes ?? null,
})

/** Hears what is told of the generation from now on. Returns the way to stop listening. */
export function whenCommitted(generationId: string, hear: (generation: Seen) => void): () => void {
  committed().once(generationId, hear)
  return () => void committed().off(generationId, hear)
}
