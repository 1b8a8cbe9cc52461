import 'server-only'
import http from 'node:http'
import https from 'node:https'
import { type Readable, pipeline } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { S3Settings } from '@/lib/platform/storage-settings'

export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const TRIES = 4
const FIRST_WAIT_MS = 100
/** Nothing heard for so long is a broken connection. */
const SILENCE_MS = 8_000
/** No further try begins after so long: whoever waits for bytes is told, whoever brings some has them in the spool. */
const BUDGET_MS = { read: 12_000, write: 45_000, file: 600_000 }
/** A server that was given a large file looks through it before it answers. */
const FILE_SILENCE_MS = 60_000
const SOCKETS = 32
/** 409 is a conditional write beside another one. */
const WORTH_ANOTHER_TRY = new Set([408, 409, 429, 500, 502, 503, 504])

type Call = {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** Below the prefix; none is the bucket itself. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Body
  /** How often at most. */
  tries?: number
  silenceMs?: number
}

type Body = { sha256: string } & ({ bytes: Buffer } | FileBody)
/** `read` begins anew each time. */
type FileBody = { sizeBytes: number; read: () => Readable }

/**
 * What the store said instead of doing it; `status` is 0 when it said nothing. Told apart by `status`, never `instanceof`.
 * It has neither code nor cause: those of a broken connection would be taken for the database's.
 */
export class StoreError extends Error {
  readonly status: number
  readonly reason: string
  constructor({ method, key }: Pick<Call, 'method' | 'key'>, status: number, reason: string) {
    super(`the object store answered ${reason || status} to ${method} ${key ?? 'of the bucket'}`)
    this.status = status
    this.reason = reason
  }
}

export type Kept = { sizeBytes: number; modifiedAt: Date; ageMs: number }
export type S3Client = ReturnType<typeof s3Client>

/** The few words of S3 that a store of bytes needs. Each call is tried again while that may help, a bounded time. */
export function s3Client(settings: S3Settings) {
  const send = sender(settings)
  return {
    /** Null when there is nothing under the key. */
    async head(key: string, once: Pick<Call, 'tries' | 'silenceMs'> = {}): Promise<Kept | null> {
      const call = { method: 'HEAD', key, ...once } as const
      const answer = await send(call)
      if (answer.statusCode !== 404) await demand(call, answer)
      await drained(answer) // also what has no body holds its connection until it is read
      if (answer.statusCode === 404) return null
      const modifiedAt = new Date(answer.headers['last-modified'] ?? 0)
      const ageMs = Date.parse(answer.headers.date ?? '') - modifiedAt.getTime()
      return { sizeBytes: Number(answer.headers['content-length']), modifiedAt, ageMs }
    },
    /** The answer whose body is the bytes. */
    async get(key: string, range?: { start: number; end?: number }): Promise<http.IncomingMessage> {
      const headers = range && { range: `bytes=${range.start}-${range.end ?? ''}` }
      const call = { method: 'GET', key, headers } as const
      return demand(call, await send(call), range ? 206 : 200)
    },
    /** The server compares the bytes with the hash and keeps nothing else. */
    async put(key: string, bytes: Buffer, sha256: string): Promise<void> {
      const call = { method: 'PUT', key, body: { bytes, sha256 } } as const
      await drained(await demand(call, await send(call)))
    },
    /** The same of more than fits into memory. */
    async putFile(key: string, file: FileBody, sha256: string): Promise<void> {
      const call = { method: 'PUT', key, body: { ...file, sha256 }, silenceMs: FILE_SILENCE_MS } as const
      await drained(await demand(call, await send(call)))
    },
    /** The same unless something has the key already; null when the server knows no such condition. */
    async putNew(key: string, bytes: Buffer, sha256: string): Promise<boolean | null> {
      const headers = { 'if-none-match': '*' }
      const call = { method: 'PUT', key, headers, body: { bytes, sha256 } } as const
      const answer = await send(call)
      if (answer.statusCode === 412 || answer.statusCode === 501) {
        await drained(answer)
        return answer.statusCode === 412 ? false : null
      }
      await drained(await demand(call, answer))
      return true
    },
    /** What is not there is deleted, too. */
    async delete(key: string, once: Pick<Call, 'tries' | 'silenceMs'> = {}): Promise<void> {
      const call = { method: 'DELETE', key, ...once } as const
      const answer = await send(call)
      await drained(answer.statusCode === 404 ? answer : await demand(call, answer, 204))
    },
    /** What has a key that begins so, in pieces. */
    async *list(prefix: string, once: Pick<Call, 'tries' | 'silenceMs'> & { atMost?: number } = {}) {
      const { atMost, ...limits } = once
      let next: string | undefined
      do {
        const call: Call = {
          method: 'GET',
          query: {
            'list-type': '2',
            prefix: settings.prefix + prefix,
            ...(atMost && { 'max-keys': String(atMost) }),
            ...(next && { 'continuation-token': next }),
          },
          ...limits,
        }
        const xml = await text(await demand(call, await send(call)))
        const sizes = valuesOf(xml, 'Size')
        yield valuesOf(xml, 'Key').map((key, at) => ({
          key: key.slice(settings.prefix.length),
          sizeBytes: Number(sizes[at]),
        }))
        next = atMost ? undefined : valuesOf(xml, 'NextContinuationToken')[0]
      } while (next)
    },
    /** Ends the connections that wait for more to do. */
    close: send.close,
  }
}

/** Sends a call, again where that may help; resolves with the last answer, whatever it says. */
function sender(settings: S3Settings) {
  const { request, Agent } = settings.endpoint.startsWith('https:') ? https : http
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  const keys = new Map<string, ArrayBuffer>()

  async function once(call: Call): Promise<http.IncomingMessage> {
    const { method, body, silenceMs = SILENCE_MS } = call
    const { url, headers } = await sign(settings, call, keys)
    return new Promise((resolve, reject) => {
      const options = { method, agent, headers: Object.fromEntries(headers), timeout: silenceMs }
      const sent = request(url, options, resolve)
      sent.on('timeout', () => sent.destroy(new Error(`nothing was heard for ${silenceMs / 1000} s`)))
      sent.on('error', reject)
      if (body && 'read' in body)
        pipeline(body.read(), sent, () => undefined) // an error is the request's own
      else sent.end(body?.bytes)
    })
  }

  async function send(call: Call): Promise<http.IncomingMessage> {
    const startedAt = performance.now()
    const budgetMs = budgetOf(call)
    for (let tried = 1; ; tried += 1) {
      const answer = await once(call).catch((cause: unknown) => new StoreError(call, 0, reasonOf(cause)))
      const isDone = 'statusCode' in answer && !WORTH_ANOTHER_TRY.has(answer.statusCode ?? 0)
      if (isDone) return answer
      if (tried >= (call.tries ?? TRIES) || performance.now() - startedAt > budgetMs) {
        if (answer instanceof StoreError) throw answer
        return answer
      }
      if (!(answer instanceof StoreError)) await drained(answer).catch(() => undefined)
      await delay(FIRST_WAIT_MS * 2 ** tried * (0.5 + Math.random() / 2))
    }
  }

  return Object.assign(send, { close: () => agent.destroy() })
}

function budgetOf({ body }: Call): number {
  if (!body) return BUDGET_MS.read
  return 'read' in body ? BUDGET_MS.file : BUDGET_MS.write
}

const sizeOf = (body: Body) => ('read' in body ? body.sizeBytes : body.bytes.length)

function sign(settings: S3Settings, call: Call, cache: Map<string, ArrayBuffer>) {
  const { region, accessKeyId, secretAccessKey } = settings
  const { method, key, query, body } = call
  const url = new URL(settings.endpoint)
  if (!settings.isPathStyle) url.hostname = `${settings.bucket}.${url.hostname}`
  url.pathname = `${settings.isPathStyle ? `/${settings.bucket}` : ''}/${key === undefined ? '' : settings.prefix + key}`
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  const headers = {
    ...call.headers,
    'x-amz-content-sha256': body?.sha256 ?? EMPTY_SHA256,
    ...(body && {
      'content-length': String(sizeOf(body)),
      'content-type': 'application/octet-stream',
      'x-amz-checksum-sha256': Buffer.from(body.sha256, 'hex').toString('base64'),
    }),
  }
  const who = { accessKeyId, secretAccessKey, region, service: 's3' }
  return new AwsV4Signer({ ...who, method, url: url.href, headers, cache }).sign()
}

/** The answer when it says that it was done; throws what it says otherwise. */
async function demand(call: Call, answer: http.IncomingMessage, wanted = 200): Promise<http.IncomingMessage> {
  const status = answer.statusCode ?? 0
  if (status === wanted || (wanted === 204 && status === 200)) return answer
  const said = await text(answer).catch(() => '')
  throw new StoreError(call, status, valuesOf(said.slice(0, 4_096), 'Code')[0] ?? '')
}

async function drained(answer: http.IncomingMessage): Promise<void> {
  for await (const _ of answer);
}

/** What stands between a tag's ends; keys of ours and tokens need nothing more of XML. */
function valuesOf(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value = '']) =>
    unescape(value),
  )
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescape = (value: string) =>
  value.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
    decimal || hex
      ? String.fromCodePoint(parseInt(decimal ?? hex, decimal ? 10 : 16))
      : (ENTITIES[name] ?? whole),
  )

/** What a broken connection says of itself. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
