import 'server-only'
import { z } from 'zod'
import { ask, jsonReader } from '@/lib/upstream/flamel/ask'
import { cleanName } from '@/lib/upstream/flamel/clean'
import type { AskOptions, Reply, Upstream } from '@/lib/upstream/outcome'

/** A path that is sent back with generations: as it came, or it is of no use. */
const uploaded = z.object({ image: z.string().refine((path) => cleanName(path, 1000) !== undefined) })

/** Gives a reference image to the sandbox and gets its upstream path. Flamel publishes no such endpoint. */
export function uploadReference(
  upstream: Upstream,
  { bytes, mimeType }: { bytes: Buffer; mimeType: string },
  options: AskOptions = {},
): Promise<Reply<{ image: string }>> {
  const reader = jsonReader((json) => uploaded.safeParse(json).data ?? null)
  const headers = { 'Content-Type': mimeType }
  return ask(upstream, { method: 'POST', path: '/sandbox/references', headers, body: bytes, reader }, options)
}
