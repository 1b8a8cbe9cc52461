import fs from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressStatic, staticFiles } from './static-files.mjs'

const SCRIPT = 'export const words = "한 줄 한 줄 한 줄 한 줄"\n'.repeat(40)
let build: string
let server: http.Server
let origin: string

beforeAll(async () => {
  build = await fs.mkdtemp(path.join(os.tmpdir(), 'studio-static-'))
  await fs.mkdir(path.join(build, 'static/chunks/deep'), { recursive: true })
  await fs.writeFile(path.join(build, 'static/chunks/deep/a~1.js'), SCRIPT)
  await fs.writeFile(path.join(build, 'static/letters.woff2'), 'font')
  await fs.writeFile(path.join(build, 'secret.js'), 'not for browsers')
  await compressStatic(build)
  const answer = await staticFiles(build)
  server = http.createServer((request, response) => {
    if (!answer(request, response)) response.writeHead(299).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
})
afterAll(async () => {
  await promisify(server.close.bind(server))()
  await fs.rm(build, { recursive: true })
})

/** The answer as it came over the wire; `fetch` would unpack it. */
function ask(url: string, { encoding = '', method = 'GET' } = {}) {
  return new Promise<{ status?: number; headers: http.IncomingHttpHeaders; body: Buffer }>(
    (resolve, reject) => {
      const request = http.request(`${origin}${url}`, { method, headers: { 'accept-encoding': encoding } })
      request.on('error', reject)
      request.on('response', async (response) => {
        const parts: Buffer[] = []
        for await (const part of response) parts.push(part)
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) })
      })
      request.end()
    },
  )
}

const FILE = '/_next/static/chunks/deep/a~1.js'

test.each([
  { encoding: 'gzip, deflate, br, zstd', sent: 'br', unpack: zlib.brotliDecompressSync },
  { encoding: 'gzip, deflate', sent: 'gzip', unpack: zlib.gunzipSync },
])('who accepts $encoding gets $sent, to keep', async ({ encoding, sent, unpack }) => {
  const { status, headers, body } = await ask(`${FILE}?v=1`, { encoding })
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-encoding': sent,
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-length': String(body.length),
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
  })
  expect(body.length).toBeLessThan(SCRIPT.length / 4)
  expect(unpack(body).toString()).toBe(SCRIPT)
})

test('HEAD gets the same without the bytes', async () => {
  const { headers, body } = await ask(FILE, { encoding: 'br', method: 'HEAD' })
  expect(Number(headers['content-length'])).toBeGreaterThan(0)
  expect(body).toHaveLength(0)
})

test.each([
  ['who accepts nothing of it', FILE, {}],
  ['who refuses it', FILE, { encoding: 'br;q=0' }],
  ['who would write', FILE, { encoding: 'br', method: 'POST' }],
  ['a font', '/_next/static/letters.woff2', { encoding: 'br' }],
  ['a file of another build', '/_next/static/chunks/gone.js', { encoding: 'br' }],
  ['a way out of the folder', '/_next/static/../secret.js', { encoding: 'br' }],
  ['the compressed file itself', `${FILE}.br`, { encoding: 'br' }],
])('%s is left to Next', async (_, url, options) => {
  expect((await ask(url, options)).status).toBe(299)
})
