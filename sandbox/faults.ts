import type { Answer, Exchange } from '@/sandbox/context'
import { numberOf, type Directives } from '@/sandbox/directives'
import { hang, pause, reset, send } from '@/sandbox/http'
import type { LedgerEntry } from '@/sandbox/ledger'
import { envelope, refusalAnswer, SANDBOX_REFUSALS } from '@/sandbox/refusals'

type Moment = { exchange: Exchange; entry: LedgerEntry; directives: Directives }

const STATUSES = ['429', '500', '502', '503', '504']

/** Refusals and, unless `charged` puts them after the work, answers that say nothing. True when the call is over. */
export async function beforeAnything(moment: Moment): Promise<boolean> {
  const { directives, exchange, entry } = moment
  const code = SANDBOX_REFUSALS.find((name) => directives.has(name))
  const refusal = code && refusalAnswer(code, directives.get(code))
  if (refusal) {
    Object.assign(entry, { outcome: 'refused', status: refusal.status })
    send(exchange.response, refusal)
    return true
  }
  return directives.has('charged') ? false : wordless(moment)
}

/** What strikes while the call holds a slot but before anything is charged. */
export async function beforeWork(moment: Moment): Promise<boolean> {
  return moment.directives.has('charged') ? false : silent(moment)
}

/** What strikes when the images are made and paid. */
export async function afterWork(moment: Moment & { answer: Answer }): Promise<boolean> {
  const { directives, exchange, entry, answer } = moment
  if (directives.has('charged') && ((await wordless(moment)) || (await silent(moment)))) return true
  if (directives.has('reset_after')) {
    entry.outcome = 'reset_after'
    reset(exchange.response)
    return true
  }
  const body = spoil(answer.body, directives)
  if (typeof body === 'string' || directives.has('bad_base64')) entry.outcome = spoiledBy(directives)
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return deliver(moment, bytes)
}

/** A status without the published envelope, or a redirect. */
async function wordless({ directives, exchange, entry }: Moment): Promise<boolean> {
  const status = STATUSES.find((name) => directives.has(name))
  const redirect = directives.has('redirect') ? (numberOf(directives, 'redirect', 307) ?? 307) : undefined
  if (!status && redirect === undefined) return false
  const code = redirect ?? Number(status)
  const retryAfter = status === '429' || status === '503' ? directives.get(status) : undefined
  const headers: Record<string, string> = {
    ...(retryAfter && { 'Retry-After': retryAfter }),
    ...(redirect !== undefined && { Location: 'http://127.0.0.1:9/api/images/create' }),
  }
  Object.assign(entry, { outcome: redirect === undefined ? String(code) : 'redirect', status: code })
  send(exchange.response, { ...envelope(code, 'sandbox_fault'), headers })
  return true
}

async function silent({ directives, exchange, entry }: Moment): Promise<boolean> {
  if (directives.has('reset_before')) {
    entry.outcome = 'reset_before'
    reset(exchange.response)
    return true
  }
  if (!directives.has('hang')) return false
  entry.outcome = 'hang'
  await hang(exchange.response)
  return true
}

function spoiledBy(directives: Directives): string {
  return ['garbage', 'wrong_shape', 'bad_base64'].find((name) => directives.has(name)) ?? 'created'
}

function spoil(body: unknown, directives: Directives): unknown {
  if (directives.has('garbage')) return '<!doctype html><title>not what you asked for</title>\u0000{"images":'
  if (directives.has('wrong_shape')) return JSON.stringify({ result: 'ok', images: 'later' })
  const spoiled = numberOf(directives, 'bad_base64', Number.POSITIVE_INFINITY)
  if (spoiled === undefined || !hasImages(body)) return body
  const images = body.images.map((image, at) =>
    at < spoiled ? { ...image, base64: '%%% not base64 %%%' } : image,
  )
  return { ...body, images }
}

function hasImages(body: unknown): body is { images: object[] } {
  return typeof body === 'object' && body !== null && 'images' in body && Array.isArray(body.images)
}

/** Sends the body whole, slowly, or not to its end. */
async function deliver({ directives, exchange, entry }: Moment, bytes: Buffer): Promise<boolean> {
  const { response } = exchange
  response.writeHead(201, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
  })
  const cut = directives.has('cut_body')
    ? 'cut_body'
    : directives.has('stall_body')
      ? 'stall_body'
      : undefined
  if (cut) {
    entry.outcome = cut
    const percent = numberOf(directives, cut, 60) ?? 60
    const part = bytes.subarray(0, Math.floor((bytes.length * Math.min(percent, 99)) / 100))
    await new Promise<void>((resolve) => response.write(part, () => resolve()))
    if (cut === 'stall_body') await hang(response)
    else response.socket?.end()
    return true
  }
  const totalMs = numberOf(directives, 'slow_body', 2000) ?? 0
  const pieces = totalMs > 0 ? 20 : 1
  const size = Math.ceil(bytes.length / pieces)
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0) await pause(response, totalMs / pieces)
    response.write(bytes.subarray(at, at + size))
  }
  response.end()
  return true
}
