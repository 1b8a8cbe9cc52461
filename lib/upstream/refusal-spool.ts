import 'server-only'
import { readFile } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { z } from 'zod'
import type { Refusal } from '@/lib/upstream/outcome'
import { findSpool, SPOOL_HEAD_BYTES, type SpoolWriter } from '@/lib/upstream/spool'

const times = { status: z.int(), sentAt: z.coerce.date(), receivedAt: z.coerce.date() }
const refusal = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('refused'),
    ...times,
    body: z.string(),
    contentType: z.string().optional(),
    code: z.string(),
    parameter: z.string().optional(),
  }),
  z.object({
    kind: z.literal('busy'),
    ...times,
    reason: z.enum(['simultaneous_generation_limit', 'too_many_requests']),
    retryAfterS: z.number().optional(),
  }),
]) satisfies z.ZodType<Refusal>

/**
 * Makes a no durable in the place of the answer, so that a restart knows it too. A disk that takes nothing more does
 * not turn a no into anything else.
 */
export async function keepRefusal(spool: SpoolWriter, said: Refusal): Promise<void> {
  const { status, sentAt, receivedAt } = said
  try {
    await finished(spool.body({ status, sentAt }).end(JSON.stringify(said)))
    await spool.keep({ status, sentAt, receivedAt, whole: true })
  } catch {
    await spool.discard()
  }
}

/** The no at `spoolPath`, or null when the spool holds something else or nothing. */
export async function findRefusal(spoolPath: string): Promise<Refusal | null> {
  const spool = await findSpool(spoolPath)
  if (!spool?.whole || spool.status < 300) return null
  const text = (await readFile(spool.file)).toString('utf8', SPOOL_HEAD_BYTES)
  return refusal.parse(JSON.parse(text))
}
