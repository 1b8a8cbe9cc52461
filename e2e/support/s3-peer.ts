import { createHash, createHmac } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Settings } from '@/lib/platform/storage-settings'

/** What the peer does instead of answering as it should. */
export type Fault = 'cut' | 'silent' | 'slow_down' | 'other_bytes' | 'denied'
export type S3Request = { method: string; key: string; headers: http.IncomingHttpHeaders }
type Held = { bytes: Buffer; modifiedAt: Date }

export type S3Peer = {
  settings: S3Settings
  /** The same as a studio reads it. */
  env: Record<string, string>
  /** By key. Tests may damage, age and remove what is here. */
  objects: Map<string, Held>
  requests: S3Request[]
  /** How many were opened. */
  connections: number
  /** Asked at every request; undefined answers it as it should be. */
  misbehave: (request: S3Request) => Fault | undefined
  /** Called with each request before it is answered; may take its time. */
  before: (request: S3Request) => void | Promise<void>
  /** Whether it knows `If-None-Match` on a PUT. */
  isConditional: boolean
  stop: () => Promise<void>
}

const BUCKET = 'studio'
const WHO = { accessKeyId: 'STUDIO', secretAccessKey: 'the-secret-of-the-store' }
const REGION = 'eu-central-1'
/** So few that every longer list comes in pieces. */
const LISTED_AT_ONCE = 20

/**
 * An object store of the test's own on a real port: signatures and hashes are checked as S3 does, and each request can be
 * met with a fault. It is written from the published protocol and shares no code with the product.
 */
export async function startS3Peer(): Promise<S3Peer> {
  const server = http.createServer((request, response) => {
    void readBody(request).then((body) => answer(peer, { request, response, body }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind
  const endpoint = `http://127.0.0.1:${port}`
  const peer: S3Peer = {
    settings: { endpoint, region: REGION, bucket: BUCKET, prefix: 'team/', ...WHO, isPathStyle: true },
    env: {
      STORAGE_URL: `s3://${BUCKET}/team`,
      S3_ENDPOINT: endpoint,
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: WHO.accessKeyId,
      S3_SECRET_ACCESS_KEY: WHO.secretAccessKey,
    },
    objects: new Map(),
    requests: [],
    connections: 0,
    misbehave: () => undefined,
    before: () => undefined,
    isConditional: true,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  server.on('connection', () => {
    peer.connections += 1
  })
  return peer
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}

type Exchange = { request: http.IncomingMessage; response: http.ServerResponse; body: Buffer }
type Refusal = { status: number; code: string }

async function answer(peer: S3Peer, { request, response, body }: Exchange): Promise<void> {
  const { method = '', headers } = request
  const url = new URL(request.url ?? '', peer.settings.endpoint)
  const [, bucket = '', ...rest] = url.pathname.split('/')
  const asked = { method, key: decodeURIComponent(rest.join('/')), headers }
  peer.requests.push(asked)
  await peer.before(asked)
  const fault = peer.misbehave(asked)
  if (fault === 'silent') return
  if (fault === 'cut' && method !== 'GET') return void request.socket.destroy()
  const refused =
    (fault && FAULTS[fault]) ?? signatureFault(request, url) ?? requestFault(bucket, headers, body)
  if (refused) return refuse(response, refused)
  if (method === 'GET' && asked.key === '') return list(peer, url, response)
  if (method === 'PUT') return put(peer, { asked, response, body })
  if (method === 'DELETE') {
    peer.objects.delete(asked.key)
    return void response.writeHead(204).end()
  }
  return give(peer.objects.get(asked.key), { asked, response, fault })
}

const FAULTS: Partial<Record<Fault, Refusal>> = {
  slow_down: { status: 503, code: 'SlowDown' },
  denied: { status: 403, code: 'AccessDenied' },
}

function refuse(response: http.ServerResponse, { status, code }: Refusal): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`
  response.writeHead(status, { 'content-type': 'application/xml' }).end(xml)
}

function put(
  peer: S3Peer,
  { asked, response, body }: { asked: S3Request; response: http.ServerResponse; body: Buffer },
): void {
  if (asked.headers['if-none-match'] === '*') {
    if (!peer.isConditional) return refuse(response, { status: 501, code: 'NotImplemented' })
    if (peer.objects.has(asked.key)) return refuse(response, { status: 412, code: 'PreconditionFailed' })
  }
  peer.objects.set(asked.key, { bytes: body, modifiedAt: new Date() })
  response.writeHead(200, { etag: '"not-to-be-relied-on"' }).end()
}

type Giving = { asked: S3Request; response: http.ServerResponse; fault: Fault | undefined }

function give(held: Held | undefined, { asked, response, fault }: Giving): void {
  if (!held) return refuse(response, { status: 404, code: 'NoSuchKey' })
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(asked.headers.range ?? '') ?? []
  const whole = fault === 'other_bytes' ? Buffer.alloc(held.bytes.length, 'x') : held.bytes
  const end = Math.min(to ? Number(to) : Infinity, whole.length - 1)
  const bytes = from === undefined ? whole : whole.subarray(Number(from), end + 1)
  response.writeHead(from === undefined ? 200 : 206, {
    'content-length': bytes.length,
    'last-modified': held.modifiedAt.toUTCString(),
    ...(from !== undefined && { 'content-range': `bytes ${from}-${end}/${whole.length}` }),
  })
  if (asked.method === 'HEAD') return void response.end()
  if (fault !== 'cut') return void response.end(bytes)
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
}

function list({ objects }: S3Peer, url: URL, response: http.ServerResponse): void {
  const prefix = url.searchParams.get('prefix') ?? ''
  const after = Buffer.from(url.searchParams.get('continuation-token') ?? '', 'base64').toString()
  const atMost = Math.min(Number(url.searchParams.get('max-keys') ?? LISTED_AT_ONCE), LISTED_AT_ONCE)
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const page = keys.slice(0, atMost)
  const isMore = keys.length > page.length
  const token = isMore ? Buffer.from(page.at(-1) ?? '').toString('base64') : ''
  const next = isMore ? `<NextContinuationToken>${token}</NextContinuationToken>` : ''
  const contents = page
    .map((key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.bytes.length}</Size></Contents>`)
    .join('')
  const xml = `<ListBucketResult><Name>${BUCKET}</Name><IsTruncated>${isMore}</IsTruncated>${next}${contents}</ListBucketResult>`
  response.writeHead(200, { 'content-type': 'application/xml' }).end(xml)
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest()
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest()

/** Signature Version 4 as it is published; undefined when the request is signed as it should be. */
function signatureFault(request: http.IncomingMessage, url: URL): Refusal | undefined {
  const { authorization = '', 'x-amz-date': date = '' } = request.headers
  const [, key, day = '', region, signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
      authorization,
    ) ?? []
  if (key !== WHO.accessKeyId) return { status: 403, code: 'InvalidAccessKeyId' }
  if (region !== REGION) return { status: 400, code: 'AuthorizationHeaderMalformed' }
  const names = signed.split(';')
  if (!names.includes('host') || !names.includes('x-amz-content-sha256'))
    return { status: 403, code: 'AccessDenied' }
  const query = [...url.searchParams].map((pair) => pair.map(encodeURIComponent).join('=')).sort()
  const canonical = [
    request.method,
    url.pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signed,
    request.headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = `AWS4-HMAC-SHA256\n${String(date)}\n${scope}\n${sha256(canonical).toString('hex')}`
  const secret = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>(
    hmac,
    `AWS4${WHO.secretAccessKey}`,
  )
  const isRight = hmac(secret, toSign).toString('hex') === signature
  return isRight ? undefined : { status: 403, code: 'SignatureDoesNotMatch' }
}

/** What was sent is what the headers say, or nothing is kept. */
function requestFault(bucket: string, headers: http.IncomingHttpHeaders, body: Buffer): Refusal | undefined {
  if (bucket !== BUCKET) return { status: 404, code: 'NoSuchBucket' }
  const hash = sha256(body)
  if (headers['x-amz-content-sha256'] !== hash.toString('hex'))
    return { status: 400, code: 'XAmzContentSHA256Mismatch' }
  const checksum = headers['x-amz-checksum-sha256']
  if (checksum !== undefined && checksum !== hash.toString('base64'))
    return { status: 400, code: 'BadDigest' }
  return undefined
}
