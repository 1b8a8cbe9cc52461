import { readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { ROOT } from '@/e2e/support/child'
import { makeTeam, ORIGIN, signInAs } from '@/e2e/support/people'
import { env } from '@/lib/platform/env'

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response>

vi.setConfig({ testTimeout: 120_000 })
const SEED = 20261126
const TRIES = 24
/** Nothing but a sandbox that does not run beside this test. */
const UNAVAILABLE = 503
const UUID = '018f0000-0000-7000-8000-000000000000'
const TEXTS = [
  '',
  '\0',
  'a\0b',
  '\ud800',
  '%',
  '%ff',
  '../..',
  "'; --",
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  UUID,
  UUID.toUpperCase(),
  '{}',
  '가'.repeat(300),
  '\u202e',
  '0x10',
  'null',
  String(2 ** 63),
]
const VALUES: unknown[] = [
  ...TEXTS,
  null,
  true,
  -1,
  2 ** 60,
  1.5,
  [],
  {},
  [null],
  [UUID],
  { a: { b: ['\0'] } },
]
const FIELDS = [
  'cursor',
  'limit',
  'q',
  'ids',
  'id',
  'target',
  'targetId',
  'groupId',
  'team',
  'name',
  'email',
  'password',
  'prompt',
  'styleId',
  'ratio',
  'sample',
  'token',
  'path',
  'role',
  'content',
  'format',
  'mode',
  'makerId',
  'until',
  'download',
  'size',
  'hidden',
  'state',
]
const HEADERS: Record<string, string>[] = [
  { range: 'bytes=9-1' },
  { range: 'bytes=-' },
  { 'if-none-match': '"' },
  { cookie: 'next-auth.session-token=%; a==; ;=' },
  { 'x-studio-team': '%00' },
  { 'x-studio-team': 'x'.repeat(2_000) },
  { 'idempotency-key': 'x'.repeat(500) },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=' },
  { 'content-type': 'application/json; charset' },
  { 'x-api-key': '' },
  { 'accept-language': ';;q=,' },
  { 'content-length': '-5' },
]

/** The same numbers in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

let cookie: string
let slug: string
beforeAll(async () => {
  env().SANDBOX_PORT = 1
  const team = await makeTeam()
  slug = team.slug
  cookie = await signInAs(team.owner)
})

const files = readdirSync(path.join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
const routes = files.filter((file) => path.basename(file) === 'route.ts')

test.each(routes)('no request to %s is a fault of the server', async (file) => {
  const handlers: Record<string, unknown> = await import(path.join(ROOT, 'app', file))
  const next = numbers(SEED)
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(next() * list.length)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
  const faults: string[] = []
  for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']) {
    const handler = handlers[method]
    if (typeof handler !== 'function') continue
    for (let turn = 0; turn < TRIES; turn++) {
      const names = [...file.matchAll(/\[(\.\.\.)?(\w+)\]/g)]
      const params = Object.fromEntries(
        names.map(([, rest, name = '']) => [name, rest ? [pick(TEXTS), pick(TEXTS)] : pick(TEXTS)]),
      )
      const search = new URLSearchParams([
        [pick(FIELDS), pick(TEXTS)],
        [pick(FIELDS), pick(TEXTS)],
      ])
      const body = pick([
        JSON.stringify({ [pick(FIELDS)]: pick(VALUES), [pick(FIELDS)]: pick(VALUES) }),
        '{',
        '[]',
        'null',
        '"x"',
        '\0',
        '',
      ])
      const headers = {
        host: new URL(ORIGIN).host,
        origin: ORIGIN,
        'content-type': 'application/json',
        'x-studio-team': slug,
        ...(next() < 0.8 && { cookie }),
        ...(next() < 0.4 && pick(HEADERS)),
      }
      const gone = new AbortController()
      const request = new Request(`${ORIGIN}/x?${search}`, {
        method,
        headers,
        signal: gone.signal,
        ...(method !== 'GET' && { body }),
      })
      const call: Handler = (given, context) => handler(given, context)
      const response = await call(request, { params: Promise.resolve(params) })
      gone.abort()
      await response.body?.cancel().catch(() => undefined)
      if (response.status >= 500 && response.status !== UNAVAILABLE)
        faults.push(
          `${method} ${JSON.stringify(params)} ?${search} ${body} ${JSON.stringify(headers)} → ${response.status}`,
        )
    }
  }
  expect(faults).toEqual([])
})
