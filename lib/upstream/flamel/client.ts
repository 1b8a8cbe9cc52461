import 'server-only'
import type { Answer } from '@/lib/upstream/answer'
import { followAnswer } from '@/lib/upstream/flamel/answer'
import { codingOf } from '@/lib/upstream/flamel/decode'
import { readEnvelope } from '@/lib/upstream/flamel/envelope'
import { exchange, type Exchange } from '@/lib/upstream/flamel/exchange'
import { UNLISTED } from '@/lib/upstream/flamel/refusals'
import { TextSink } from '@/lib/upstream/flamel/text-sink'
import type { CreateImageRequest } from '@/lib/upstream/schema'
import {
  RETRY_AFTER_MAX_S,
  type CreateOptions,
  type Outcome,
  type Timeouts,
  type Upstream,
} from '@/lib/upstream/outcome'
import { keepRefusal } from '@/lib/upstream/refusal-spool'
import { SpoolWriter } from '@/lib/upstream/spool'

export const CREATE_TIMEOUTS: Timeouts = {
  connectMs: 5_000,
  headersMs: 180_000,
  idleMs: 30_000,
  totalMs: 240_000,
}

/** Four images of more than 20 MB each, as base64. */
const ANSWER_MAX_BYTES = 128 << 20
const ERROR_BODY_MAX_BYTES = 64 << 10
const UNSETTLED_STATUSES = new Set([408, 409, 425, 499])

/** POST /api/images/create, exactly once, on a connection of its own. Never throws for what the network does. */
export async function createImage(
  upstream: Upstream,
  request: CreateImageRequest,
  options: CreateOptions,
): Promise<Outcome> {
  const spool = await SpoolWriter.open(options.spoolPath).catch(() => null)
  if (!spool) return { kind: 'not_sent', reason: 'local' }
  const refusal = new TextSink(ERROR_BODY_MAX_BYTES)
  let reading: Promise<Answer | null> | undefined
  const result = await exchange(upstream, {
    method: 'POST',
    path: '/api/images/create',
    headers: { ...options.headers, 'Content-Type': 'application/json' },
    body: Buffer.from(JSON.stringify(request)),
    timeouts: { ...CREATE_TIMEOUTS, ...options.timeouts },
    signal: options.signal,
    maxBytes: ANSWER_MAX_BYTES,
    onSent: options.onSent,
    sink: ({ status, sentAt, headers }) => {
      if (!isCreated(status)) return refusal.body()
      const coding = codingOf(headers)
      if (options.onImage) reading = followAnswer(spool, coding, options.onImage).catch(() => null)
      return spool.body({ status, sentAt, contentLength: lengthOf(headers['content-length']), ...coding })
    },
  })
  if (result.kind === 'not_sent') {
    await spool.discard()
    return result
  }
  const { status, sentAt, receivedAt } = result
  if (status === undefined || !isCreated(status)) {
    const outcome =
      result.kind === 'answered'
        ? readRefusal(result, await refusal.text(codingOf(result.headers)))
        : ambiguous(result)
    await (outcome.kind === 'refused' || outcome.kind === 'busy'
      ? keepRefusal(spool, outcome)
      : spool.discard())
    return outcome
  }
  const whole = result.kind === 'answered'
  const [kept, answer] = await Promise.all([
    spool.keep({ status, sentAt, receivedAt, whole }).then(
      () => true,
      () => false,
    ),
    reading,
  ])
  if (!whole) return ambiguous(result)
  if (!kept) return { kind: 'ambiguous', reason: 'spool_failed', status, sentAt }
  return { kind: 'created', status, sentAt, receivedAt, ...(answer && { answer }) }
}

function lengthOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,12}$/.test(header) ? Number(header) : undefined
}

function isCreated(status: number): boolean {
  return status >= 200 && status < 300
}

function ambiguous(result: Extract<Exchange, { kind: 'broken' }>): Outcome {
  const reason = result.reason === 'sink_failed' ? 'spool_failed' : result.reason
  return { kind: 'ambiguous', reason, status: result.status, sentAt: result.sentAt }
}

/**
 * What an answer other than 2xx means. A 5xx (503 too: a gateway says it also when the server behind it died at work)
 * and a redirect prove nothing; neither do 408, 409, 425 and 499. 429 and the slot limit say that nothing was begun;
 * every other 4xx is a no.
 */
function readRefusal(answer: Extract<Exchange, { kind: 'answered' }>, body: string): Outcome {
  const { status, sentAt, receivedAt, headers } = answer
  if (status >= 500) return { kind: 'ambiguous', reason: 'server_error', status, sentAt }
  if (status >= 300 && status < 400) return { kind: 'ambiguous', reason: 'redirect', status, sentAt }
  const times = { sentAt, receivedAt }
  const retryAfterS = readRetryAfter(headers['retry-after'], receivedAt)
  if (status === 429) return { kind: 'busy', status, reason: 'too_many_requests', retryAfterS, ...times }
  const refusal = readEnvelope(body)
  if (refusal?.code === 'simultaneous_generation_limit')
    return { kind: 'busy', status, reason: refusal.code, retryAfterS, ...times }
  if (!refusal && (status < 400 || UNSETTLED_STATUSES.has(status)))
    return { kind: 'ambiguous', reason: 'unexpected_status', status, sentAt }
  const contentType = headers['content-type']
  return { kind: 'refused', status, body, contentType, ...(refusal ?? { code: UNLISTED }), ...times }
}

/** Seconds, from a number or an HTTP date; whatever it says, no longer than `RETRY_AFTER_MAX_S`. */
function readRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, Math.ceil(seconds)), RETRY_AFTER_MAX_S)
}
