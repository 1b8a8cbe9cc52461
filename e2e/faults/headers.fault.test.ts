import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addresses } from '@/e2e/support/addresses'
import { ROOT } from '@/e2e/support/child'
import { startSandbox, type Sandbox } from '@/e2e/support/sandbox'
import { startStudio, type Studio } from '@/e2e/support/studio'
import { connectTo } from '@/e2e/support/tcp-proxy'

let sandbox: Sandbox
let studio: Studio
let behindProxy: Studio
let cookie: string
let team: string
beforeAll(async () => {
  sandbox = await startSandbox({ env: { SANDBOX_PAINTER: 'plain' } })
  const env = { SANDBOX_PORT: String(sandbox.port) }
  studio = await startStudio({ env })
  behindProxy = await startStudio({ env: { ...env, TRUST_PROXY: 'on' } })
  cookie = await studio.signIn()
  const teams = await fetch(`${studio.url}/api/v1/teams`, { headers: { cookie } })
  const { items }: { items: { slug: string }[] } = await teams.json()
  team = items[0]?.slug ?? ''
})
afterAll(async () => {
  await studio?.stop()
  await behindProxy?.stop()
  await sandbox?.stop()
})

const STREAMS = /\/api\/v1\/events$/
const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(20_000) })

function expectGuarded(headers: Headers, address: string) {
  const policy = headers.get('content-security-policy') ?? ''
  const isPage = headers.get('content-type')?.startsWith('text/html')
  expect(policy, address).toMatch(isPage ? /script-src 'self' 'nonce-[^']+';/ : /default-src 'none'/)
  expect(policy, address).not.toMatch(/script-src[^;]*unsafe/)
  for (const directive of ["frame-ancestors 'none'", "base-uri 'none'"])
    expect(policy, address).toContain(directive)
  expect(policy, address).toMatch(isPage ? /form-action 'self'.*object-src 'none'/ : /form-action 'none'/)
  expect(Object.fromEntries(headers), address).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': expect.stringMatching(/^(same-origin|no-referrer)$/),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  })
}

describe('the security headers', () => {
  test('stand on every page and every route, for people who are signed in and for strangers', async () => {
    const asked: Record<string, string>[] = [{}, { cookie }]
    const values = { team, id: crypto.randomUUID(), token: 'none', nextauth: 'csrf', path: 'x/thumb' }
    const all = [...addresses('page', values), ...addresses('route', values), '/no-such-page', '/api/none']
    for (const address of all.filter((each) => !STREAMS.test(each)))
      for (const headers of asked)
        expectGuarded((await get(`${studio.url}${address}`, headers)).headers, address)
  })

  test('stand on redirects, refused methods and bodies, streams and static files', async () => {
    const home = await get(`${studio.url}/`, { cookie })
    expect(home.status).toBe(307)
    expectGuarded(home.headers, '/')
    const page = await get(`${studio.url}/sign-in`)
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? ''
    for (const encoding of ['br', 'identity'])
      expectGuarded(
        (await get(`${studio.url}${script}`, { 'accept-encoding': encoding })).headers,
        `${script} ${encoding}`,
      )
    expectGuarded((await get(`${studio.url}/icon.svg`)).headers, '/icon.svg')
    for (const [path, method] of [
      ['/api/v1/images', 'PUT'],
      ['/api/v1/generations', 'POST'],
      ['/sign-in', 'POST'],
      ['/i/x', 'POST'],
    ] as const)
      expectGuarded((await fetch(`${studio.url}${path}`, { method, body: '{' })).headers, `${method} ${path}`)
    const stop = new AbortController()
    const stream = await fetch(`${studio.url}/api/v1/events`, { headers: { cookie }, signal: stop.signal })
    expectGuarded(stream.headers, 'events')
    stop.abort()
  })

  test('stand on an image that is not there', async () => {
    const answer = await get(`${studio.url}/i/none`)
    expect(answer.status).toBe(404)
    expectGuarded(answer.headers, '/i/none')
  })
})

/** What the server says to bytes that Node refuses before anybody else sees them. */
function say(bytes: string): Promise<{ status: number; headers: Headers }> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(studio.url).port), 'localhost', () => socket.write(bytes))
    let said = ''
    socket.setEncoding('latin1').on('data', (part: string) => (said += part))
    socket.on('error', reject).on('close', () => {
      const [first = '', ...lines] = said.split('\r\n\r\n')[0]?.split('\r\n') ?? []
      const pairs = lines.map((line): [string, string] => {
        const [name = '', ...value] = line.split(': ')
        return [name, value.join(': ')]
      })
      resolve({ status: Number(first.split(' ')[1]), headers: new Headers(pairs) })
    })
  })
}

test.each([
  ['no HTTP', 400, 'nonsense\r\n\r\n'],
  ['a space in a header’s name', 400, 'GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n'],
  ['two lengths', 400, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['headers without end', 431, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['no Host', 400, 'GET /sign-in HTTP/1.1\r\n\r\n'],
  ['another expectation', 417, 'GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nConnection: close\r\n\r\n'],
])('the security headers stand on what Node answers to %s', async (_what, expected, bytes) => {
  const { status, headers } = await say(bytes)
  expect(status).toBe(expected)
  expectGuarded(headers, bytes.slice(0, 40))
})

test('a 500 from in front of the pages is guarded, and Next’s own page for one has no script, in both languages', async () => {
  const beside = await connectTo(studio.settings.databaseUrl)
  await beside.query('ALTER TABLE "ShareLink" RENAME TO "Away"') // asked in front of the page
  try {
    const answer = await get(`${studio.url}/s/any`)
    expect(answer.status).toBe(500)
    expectGuarded(answer.headers, '/s/any')
  } finally {
    await beside.query('ALTER TABLE "Away" RENAME TO "ShareLink"')
    await beside.end()
  }
  expect((await get(`${studio.url}/s/any`)).status).toBe(404)
  const page = fs.readFileSync(path.join(ROOT, '.next/server/pages/500.html'), 'utf8')
  expect(page).not.toMatch(/<script|\son\w+=/)
  expect(page).toMatch(/lang="ko">.*새로고침.*lang="en">.*Reload/)
})

test('the pages that Next keeps for its own errors are nobody’s address', async () => {
  for (const path of ['/_global-error', '/_error', '/_not-found', '/500', '/404'])
    expect((await get(`${studio.url}${path}`)).status, path).toBe(404)
})

describe('Strict-Transport-Security', () => {
  const secured = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' }
  const hsts = async (url: string, headers = {}) =>
    (await get(url, headers)).headers.get('strict-transport-security')

  test('is said when a trusted proxy says that the request came by https, and never otherwise', async () => {
    for (const path of ['/sign-in', '/api/health', '/icon.svg', '/i/none', '/none']) {
      expect(await hsts(`${behindProxy.url}${path}`, secured)).toMatch(/^max-age=\d{8}/)
      expect(await hsts(`${behindProxy.url}${path}`)).toBeNull()
      expect(await hsts(`${studio.url}${path}`, secured)).toBeNull()
    }
  })
})

test('the image optimiser answers nobody, and copies that it kept are gone after a start', async () => {
  const image = encodeURIComponent('/icon.svg')
  for (const url of [`/_next/image?url=${image}&w=640&q=75`, '/_next/image'])
    expect((await get(`${studio.url}${url}`, { cookie })).status, url).toBe(404)
  const kept = path.join(ROOT, '.next/cache/images/old')
  fs.mkdirSync(kept, { recursive: true })
  await behindProxy.sigterm()
  behindProxy = await startStudio(behindProxy.settings)
  expect(fs.existsSync(kept)).toBe(false)
})

test("a visitor's own policy in the request changes nothing", async () => {
  const headers = { 'content-security-policy': "script-src 'nonce-chosen'" }
  const html = await new Promise<string>((resolve, reject) => {
    http.get(`${studio.url}/sign-in`, { headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => resolve(text))
      answer.on('error', reject)
    })
  })
  expect(html).not.toContain('nonce="chosen"')
})
