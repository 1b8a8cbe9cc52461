import 'server-only'
import { EventEmitter } from 'node:events'
import { shared } from '@/lib/platform/shared'
import type { StoredBlob } from '@/lib/platform/storage'
import type { ImageState } from '@/prisma/generated/client'

const KEPT_MS = 60_000

/** Answers that this process has durable in its spool and may not have committed yet, by generation id. */
const answers = () => shared('generations.answers', () => new Map<string, string>())

/** Remembers where an answer lies, for a drop-in request of this process to use while the database is away. */
export function noteAnswer(generationId: string, spool: string): void {
  answers().set(generationId, spool)
  setTimeout(() => answers().delete(generationId), KEPT_MS).unref()
}

export function findAnswer(generationId: string): string | undefined {
  return answers().get(generationId)
}

/** An answer without base64 whose images are durable, while its end is not yet committed. */
export type StoredAnswer = {
  text: string | null
  images: { position: number; state: ImageState; stored?: HeldBlob }[]
}

/** A blob whose bytes are still in memory where they are few: nobody needs to read them back. */
export type HeldBlob = StoredBlob & { bytes?: Buffer }

const stored = () => shared('generations.stored', () => new EventEmitter().setMaxListeners(0))

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
