import 'server-only'
import { shared } from '@/lib/platform/shared'

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
