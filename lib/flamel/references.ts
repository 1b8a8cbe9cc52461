import { z } from 'zod'
import { ask, jsonReader, type AskOptions, type Reply } from '@/lib/flamel/ask'
import type { Upstream } from '@/lib/flamel/client'

const uploaded = z.object({ image: z.string().min(1) })

/** Gives a reference picture to the sandbox and gets its upstream path. Flamel publishes no such endpoint. */
export function uploadReference(
  upstream: Upstream,
  { bytes, mimeType }: { bytes: Buffer; mimeType: string },
  options: AskOptions = {},
): Promise<Reply<{ image: string }>> {
  const reader = jsonReader((json) => uploaded.safeParse(json).data ?? null)
  const headers = { 'Content-Type': mimeType }
  return ask(upstream, { method: 'POST', path: '/sandbox/references', headers, body: bytes, reader }, options)
}
