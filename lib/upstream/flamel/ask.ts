import 'server-only'
import type { Writable } from 'node:stream'
import { codingOf } from '@/lib/upstream/flamel/decode'
import { readEnvelope } from '@/lib/upstream/flamel/envelope'
import { exchange } from '@/lib/upstream/flamel/exchange'
import { UNLISTED } from '@/lib/upstream/flamel/refusals'
import { TextSink } from '@/lib/upstream/flamel/text-sink'
import type { AskOptions, Reply, Timeouts, Upstream } from '@/lib/upstream/outcome'
import type { Coding } from '@/lib/upstream/spool'

type Question<T> = {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string | undefined>
  body?: Buffer
  maxBytes?: number
  /** Makes the place for a 2xx body and, afterwards, the value; null when it is not what was asked for. */
  reader: () => { body: () => Writable; value: (coding: Coding) => Promise<T | null> }
}

const QUESTION_TIMEOUTS: Timeouts = {
  connectMs: 5_000,
  headersMs: 60_000,
  idleMs: 15_000,
  totalMs: 90_000,
}
/** JSON.parse of so much takes milliseconds at most, whatever it holds. */
const TEXT_MAX_BYTES = 256 << 10

/** Asks upstream something; the whole answer is an outcome, nothing is thrown for what the network does. */
export async function ask<T>(
  upstream: Upstream,
  question: Question<T>,
  options: AskOptions,
): Promise<Reply<T>> {
  const reader = question.reader()
  const refusal = new TextSink(64 << 10)
  const result = await exchange(upstream, {
    method: question.method,
    path: question.path,
    headers: question.headers ?? {},
    body: question.body,
    timeouts: { ...QUESTION_TIMEOUTS, ...options.timeouts },
    signal: options.signal ?? new AbortController().signal,
    maxBytes: question.maxBytes ?? TEXT_MAX_BYTES,
    sink: ({ status }) => (isOk(status) ? reader.body() : refusal.body()),
  })
  if (result.kind === 'not_sent') return { kind: 'failed', reason: result.reason }
  const { status } = result
  if (result.kind === 'broken')
    return { kind: 'failed', reason: result.reason === 'sink_failed' ? 'malformed' : result.reason, status }
  const coding = codingOf(result.headers)
  if (!isOk(result.status)) return readNo(result.status, await refusal.text(coding))
  const value = await reader.value(coding)
  return value === null ? { kind: 'failed', reason: 'malformed', status } : { kind: 'ok', value }
}

/** A reader of small JSON answers. */
export function jsonReader<T>(parse: (json: unknown) => T | null): Question<T>['reader'] {
  return () => {
    const sink = new TextSink(TEXT_MAX_BYTES)
    return { body: () => sink.body(), value: async (coding) => parse(parseJson(await sink.text(coding))) }
  }
}

export function jsonBody(value: unknown): { body: Buffer; headers: Record<string, string> } {
  return { body: Buffer.from(JSON.stringify(value)), headers: { 'Content-Type': 'application/json' } }
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300
}

function readNo(status: number, body: string): Reply<never> {
  if (status === 429) return { kind: 'failed', reason: 'unexpected_status', status } // it was not looked at
  const refusal = readEnvelope(body)
  if (refusal) return { kind: 'refused', status, ...refusal }
  if (status === 404 || status === 405 || status === 501) return { kind: 'unsupported', status }
  if (status >= 500) return { kind: 'failed', reason: 'server_error', status }
  if (status < 400) return { kind: 'failed', reason: 'redirect', status }
  return { kind: 'refused', status, code: UNLISTED }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
