import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { published } from '@/e2e/contract/published'
import { hasOpenssl, peer, secureServer, type Handler } from '@/e2e/support/fault-peer'
import { readAnswer } from '@/lib/upstream/flamel/answer'
import { createImage } from '@/lib/upstream/flamel/client'
import type { CreateOptions, Outcome, Timeouts } from '@/lib/upstream/outcome'
import { findRefusal } from '@/lib/upstream/refusal-spool'
import { createImageRequest } from '@/lib/upstream/schema'
import { findSpool } from '@/lib/upstream/spool'

const KEY = 'canary-key-4711'
const request = createImageRequest.parse({ prompt: '유니콘 🦄', ratio: '1:1', styleId: 352 })
const base64 = Buffer.from('an image').toString('base64')
const body = JSON.stringify({
  images: [{ imageId: 1, base64 }],
  defaultCredit: 1,
  dailyCredit: 2,
  monthlyCredit: 3,
})
const created = `HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`

let directory = ''
let spoolPath = ''
beforeAll(() => void (directory = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-client-'))))
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }))

let calls = 0
type Options = Partial<CreateOptions> & { timeouts?: Partial<Timeouts> }
async function call(baseUrl: string, options: Options = {}): Promise<Outcome & { sentCalls: number }> {
  spoolPath = path.join(directory, `call-${(calls += 1)}`)
  let sentCalls = 0
  const outcome = await createImage({ baseUrl, apiKey: KEY }, request, {
    spoolPath,
    headers: { 'X-Platform': 'figma' },
    signal: new AbortController().signal,
    onSent: () => (sentCalls += 1),
    ...options,
    timeouts: { connectMs: 500, headersMs: 2000, idleMs: 2000, totalMs: 5000, ...options.timeouts },
  })
  expect(JSON.stringify(outcome)).not.toContain(KEY)
  return { ...outcome, sentCalls }
}

const spooled = () => fs.existsSync(spoolPath) || fs.existsSync(`${spoolPath}.part`)

describe('an image made', () => {
  test('is whole in the spool, and the request was the published one, sent once', async () => {
    const { url, ...server } = await peer((socket) => socket.end(created + body))
    const outcome = await call(`${url}/prefix/`)
    expect(outcome).toMatchObject({ kind: 'created', status: 201, sentCalls: 1 })
    expect(await findSpool(spoolPath)).toMatchObject({ status: 201, whole: true, bodyBytes: body.length })
    const answer = await readAnswer(spoolPath, ({ decoded }) =>
      expect(String(decoded?.bytes)).toBe('an image'),
    )
    expect(answer.complete).toBe(true)
    const [head, sent] = server.received[0]?.split('\r\n\r\n') ?? []
    expect(head).toMatch(/^POST \/prefix\/api\/images\/create HTTP\/1\.1\r\n/)
    expect(head).toMatch(new RegExp(`^X-Api-Key: ${KEY}\r$`, 'm'))
    expect(head).toMatch(/^X-Platform: figma\r$/m)
    expect(head).not.toMatch(/X-Type/i)
    expect(head).toMatch(/^Connection: close\r?$/m)
    expect(JSON.parse(sent ?? '')).toEqual(request)
    expect(published('CreateImageRequest')(JSON.parse(sent ?? ''))).toBe(true)
  })

  test('takes a connection of its own each time', async () => {
    const server = await peer((socket) => socket.write(created + body))
    await call(server.url)
    await call(server.url)
    expect(server.connections).toBe(2)
  })

  test('takes a chunked answer and one that trickles', async () => {
    const half = Math.floor(body.length / 2)
    const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
    const server = await peer((socket) => {
      socket.write('HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk(body.slice(0, half)))
      setTimeout(() => socket.end(chunk(body.slice(half)) + '0\r\n\r\n'), 150)
    })
    expect(await call(server.url, { timeouts: { idleMs: 1000 } })).toMatchObject({ kind: 'created' })
  })
})

describe('proof that nothing was sent', () => {
  const sentNothing = (reason: string) => ({ kind: 'not_sent', reason, sentCalls: 0 })

  test('is a refused port', async () => {
    const server = await peer(() => {})
    await new Promise((resolve) => server.server.close(resolve))
    expect(await call(server.url)).toMatchObject(sentNothing('connection_refused'))
    expect(spooled()).toBe(false)
  })

  test('is a name that does not resolve', async () => {
    const outcome = await call('http://nowhere.invalid', { timeouts: { connectMs: 20_000, totalMs: 20_000 } })
    expect(outcome).toMatchObject(sentNothing('dns'))
  }, 25_000)

  test('is a TLS handshake that fails: another protocol, a connection that is closed', async () => {
    const speaksHttp = await peer(
      () => {},
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    )
    const hangsUp = await peer(
      () => {},
      (socket) => socket.once('data', () => socket.destroy()),
    )
    for (const server of [speaksHttp, hangsUp]) {
      expect(await call(server.url.replace('http:', 'https:'))).toMatchObject(sentNothing('tls'))
      expect(server.received.join('')).not.toContain(KEY)
      expect(server.connections).toBe(1)
    }
  })

  test.skipIf(!hasOpenssl())('is a certificate that nobody trusts', async () => {
    const { port, requests } = await secureServer(directory)
    expect(await call(`https://localhost:${port}`)).toMatchObject(sentNothing('tls'))
    expect(requests).toEqual([])
  })

  test('is a connection that does not open in time', async () => {
    const server = await peer(() => {})
    const outcome = await call(server.url.replace('http:', 'https:'), { timeouts: { connectMs: 150 } })
    expect(outcome).toMatchObject(sentNothing('connect_timeout'))
  })

  test('is a call that was called off before', async () => {
    const server = await peer(() => {})
    expect(await call(server.url, { signal: AbortSignal.abort() })).toMatchObject(sentNothing('aborted'))
    expect(server.connections).toBe(0)
  })

  test('is a spool that cannot be written, and a header that HTTP cannot carry', async () => {
    const server = await peer(() => {})
    const file = path.join(directory, 'a-file')
    fs.writeFileSync(file, '')
    expect(await call(server.url, { spoolPath: path.join(file, 'spool') })).toMatchObject(
      sentNothing('local'),
    )
    expect(server.connections).toBe(0)
    expect(await call(server.url, { headers: { 'X-Type': 'a\nb' } })).toMatchObject(sentNothing('local'))
    expect(server.received).toEqual([])
  })
})

describe('an end that nobody can read', () => {
  const faults: [string, string, Handler, Options?][] = [
    ['a reset right after the request', 'reset', (socket) => socket.resetAndDestroy()],
    ['a connection that closes without a word', 'reset', (socket) => socket.end()],
    ['silence', 'timeout_headers', () => {}, { timeouts: { headersMs: 150 } }],
    [
      'a body that stops coming',
      'timeout_idle',
      (socket) => socket.write(created + body.slice(0, 20)),
      { timeouts: { idleMs: 150 } },
    ],
    [
      'a body that never ends',
      'timeout_total',
      (socket) => {
        socket.write('HTTP/1.1 201 Created\r\nContent-Length: 9999\r\n\r\n')
        const timer = setInterval(() => socket.write(' '), 20)
        socket.on('close', () => clearInterval(timer))
      },
      { timeouts: { totalMs: 400 } },
    ],
    [
      'a body cut by the end of the connection',
      'cut_body',
      (socket) => socket.end(created + body.slice(0, -9)),
    ],
    [
      'a reset in the middle of the body',
      'cut_body',
      (socket) =>
        socket.write(created + body.slice(0, -9), () => setTimeout(() => socket.resetAndDestroy(), 50)),
    ],
    ['bytes that are not HTTP', 'malformed', (socket) => socket.end('what?\r\n\r\n')],
    [
      'an internal error',
      'server_error',
      (socket) => socket.end('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n'),
    ],
    [
      'a bad gateway',
      'server_error',
      (socket) => socket.end('HTTP/1.1 502 No\r\nContent-Length: 2\r\n\r\nno'),
    ],
    [
      'an unavailable server, also with Retry-After',
      'server_error',
      (socket) => socket.end('HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n'),
    ],
    [
      'a gateway time-out',
      'server_error',
      (socket) => socket.end('HTTP/1.1 504 No\r\nContent-Length: 0\r\n\r\n'),
    ],
    [
      'a time-out as 408',
      'unexpected_status',
      (socket) => socket.end('HTTP/1.1 408 No\r\nContent-Length: 0\r\n\r\n'),
    ],
    [
      'a change of protocol',
      'reset',
      (socket) => socket.end('HTTP/1.1 101 Hm\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    ],
  ]
  test.each(faults)('is %s', async (_name, reason, onRequest, options) => {
    const server = await peer(onRequest)
    expect(await call(server.url, options)).toMatchObject({ kind: 'ambiguous', reason, sentCalls: 1 })
    expect(server.connections).toBe(1)
    expect(server.received).toHaveLength(1)
  })

  test.each([301, 302, 303, 307, 308])(
    'is a redirect (%i): not followed, the key not sent on',
    async (status) => {
      const other = await peer(() => {})
      const server = await peer((socket) =>
        socket.end(
          `HTTP/1.1 ${status} Moved\r\nLocation: ${other.url}/api/images/create\r\nContent-Length: 0\r\n\r\n`,
        ),
      )
      expect(await call(server.url)).toMatchObject({ kind: 'ambiguous', reason: 'redirect', status })
      expect([server.connections, other.connections]).toEqual([1, 0])
    },
  )

  test('is a call that was called off after it was sent', async () => {
    const controller = new AbortController()
    const server = await peer(() => controller.abort())
    expect(await call(server.url, { signal: controller.signal })).toMatchObject({
      kind: 'ambiguous',
      reason: 'aborted',
    })
    expect(server.connections).toBe(1)
  })

  test('keeps every byte of a large answer that came before the cut', async () => {
    const part = `{"images":[${'x'.repeat(3_000_000)}`
    const head = `HTTP/1.1 201 Created\r\nContent-Length: ${part.length + 1}\r\n\r\n`
    const server = await peer((socket) => socket.end(head + part))
    expect(await call(server.url)).toMatchObject({ kind: 'ambiguous', reason: 'cut_body' })
    expect(await findSpool(spoolPath)).toMatchObject({ whole: false, bodyBytes: part.length })
  })

  test('keeps what came of a cut answer, and nothing where no answer began', async () => {
    const cut = await peer((socket) => socket.end(created + body.slice(0, -9)))
    await call(cut.url)
    expect(await findSpool(spoolPath)).toMatchObject({
      status: 201,
      whole: false,
      bodyBytes: body.length - 9,
    })
    const kept: string[] = []
    const answer = await readAnswer(spoolPath, ({ decoded }) => void kept.push(String(decoded?.bytes)))
    expect({ kept, complete: answer.complete }).toEqual({ kept: ['an image'], complete: false })
    const silent = await peer((socket) => socket.destroy())
    await call(silent.url)
    expect(spooled()).toBe(false)
  })
})

describe('an answer that is read while it comes', () => {
  const image = (text: string) => ({ imageId: 1, base64: Buffer.from(text).toString('base64') })
  const reply = (text: string, headers = '') =>
    `HTTP/1.1 201 Created\r\n${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`

  test('hands each image over before the next has come, and says what it said', async () => {
    const text = JSON.stringify({ images: [image('one'), image('two')], defaultCredit: 1, x: 2 })
    const at = text.indexOf('}') + 1
    const seen: string[] = []
    let sendRest = () => {}
    const { url } = await peer((socket) => {
      socket.write(reply(text).slice(0, at - text.length))
      sendRest = () => socket.end(text.slice(at))
    })
    const outcome = await call(url, {
      onImage: async ({ decoded }) => {
        seen.push(String(decoded?.bytes))
        if (seen.length === 1) sendRest()
      },
    })
    expect(seen).toEqual(['one', 'two'])
    expect(outcome).toMatchObject({ kind: 'created', answer: { complete: true, images: 2, json: { x: 2 } } })
  })

  test('is in the spool to its last byte before the first image of it is stored', async () => {
    const text = JSON.stringify({ images: [image('one'), { ...image('two'), note: 'x'.repeat(3_000_000) }] })
    const { url } = await peer((socket) => socket.end(reply(text)))
    let isSpooled = false
    const outcome = await call(url, {
      onImage: async () => {
        while (!isSpooled) {
          await new Promise((resolve) => setImmediate(resolve))
          isSpooled = (await findSpool(spoolPath))?.bodyBytes === text.length
        }
      },
    })
    expect(outcome).toMatchObject({ kind: 'created', answer: { complete: true, images: 2 } })
  })

  test.each([
    ['that was cut', 'ambiguous', created + body.slice(0, -3)],
    ['that stands inside another object', 'created', reply(JSON.stringify({ data: JSON.parse(body) }))],
    ['that is no JSON', 'created', reply('<html>')],
  ])('%s is left to the spool', async (_name, kind, said) => {
    const { url } = await peer((socket) => socket.end(said))
    const outcome = await call(url, { onImage: () => Promise.resolve() })
    expect(outcome.kind).toBe(kind)
    expect(outcome).not.toHaveProperty('answer')
  })

  test('is left to the spool where an image cannot be taken', async () => {
    const { url } = await peer((socket) => socket.end(created + body))
    const outcome = await call(url, { onImage: () => Promise.reject(new Error('no room')) })
    expect(outcome.kind).toBe('created')
    expect(outcome).not.toHaveProperty('answer')
    expect(await findSpool(spoolPath)).toMatchObject({ whole: true, bodyBytes: body.length })
  })
})

describe('a no', () => {
  const answer = (status: number, text: string, headers = '') =>
    peer((socket) =>
      socket.end(
        `HTTP/1.1 ${status} No\r\n${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      ),
    )
  const envelope = (code: number, data: string) => JSON.stringify({ success: false, code, data })

  test('comes with its code, its parameter and its body verbatim', async () => {
    const text = `${envelope(404, 'no_style_with_that_id (9)')}\n`
    const { url } = await answer(404, text)
    const { sentCalls, ...outcome } = await call(url)
    expect(sentCalls).toBe(1)
    expect(outcome).toMatchObject({
      kind: 'refused',
      status: 404,
      code: 'no_style_with_that_id',
      parameter: '9',
      body: text,
    })
    expect(await findRefusal(spoolPath)).toEqual(outcome)
  })

  test('is a no also when nothing published says why', async () => {
    for (const text of [
      envelope(400, 'something new'),
      '{"statusCode":400,"message":["ratio"]}',
      '<html>',
      '',
    ])
      expect(await call((await answer(400, text)).url)).toMatchObject({
        kind: 'refused',
        code: 'unlisted',
        body: text,
      })
  })

  test('is busy when every slot is taken or requests come too fast, with the time to wait', async () => {
    const slots = await answer(403, envelope(403, 'simultaneous_generation_limit'))
    expect(await call(slots.url)).toMatchObject({ kind: 'busy', reason: 'simultaneous_generation_limit' })
    const fast = await answer(429, 'slow down', 'Retry-After: 7\r\n')
    expect(await call(fast.url)).toMatchObject({ kind: 'busy', reason: 'too_many_requests', retryAfterS: 7 })
    const dated = await answer(429, '', `Retry-After: ${new Date(Date.now() + 9000).toUTCString()}\r\n`)
    const outcome = await call(dated.url)
    expect(outcome.kind === 'busy' && outcome.retryAfterS).toBeGreaterThanOrEqual(8)
  })
})
