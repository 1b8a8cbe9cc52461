import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { rows } from '@/e2e/support/authorization'
import type { Row } from '@/e2e/support/authorization-row'
import type { Team } from '@/e2e/support/resource-factories'
import { ROOT } from '@/e2e/support/child'
import { makeMember, makeTeam, ORIGIN, signInAs } from '@/e2e/support/people'
import { env } from '@/lib/platform/env'
import { readText } from '@/lib/platform/request-body'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
type Sent = { bytes: BodyInit; headers: Record<string, string> }

/** `{"prompt":"봄 바다",…}` as a Korean Windows program writes it. */
const CP949 = Buffer.from('7b2270726f6d7074223a22babd20b9d9b4d9227d', 'hex')
const JSON_TYPE = { 'content-type': 'application/json' }
const withBody = rows.filter(({ body }) => body)
let team: Team
let cookie: string

beforeAll(async () => {
  env().SANDBOX_PORT = 1 // nothing listens there
  const made = await makeTeam()
  team = { ...made, maker: (await makeMember(made.id, 'member')).id }
  cookie = await signInAs(made.owner)
})

/** Sends bytes to the row's route as the owner of the team. */
async function send(row: Row, sent: (body: string) => Sent): Promise<Response> {
  const [method = '', path = ''] = row.route.split(' ')
  const id = row.thing ? await row.thing(team, team.owner.id) : ''
  const { bytes, headers } = sent(JSON.stringify(row.body?.(id, team)))
  const routes: Record<string, Handler> = await import(join(ROOT, 'app', path, 'route.ts'))
  const request = new Request(`${ORIGIN}${path}`, {
    method,
    headers: { cookie, origin: ORIGIN, host: new URL(ORIGIN).host, 'x-studio-team': team.slug, ...headers },
    body: bytes,
    duplex: 'half',
  } as RequestInit) // the DOM's type does not know `duplex`
  return routes[method]?.(request, { params: Promise.resolve({ id }) }) ?? Response.error()
}

const isDropIn = (row: Row) => row.route.includes('/api/images/')

async function refusalOf(row: Row, response: Response) {
  const { code, data, errors } = await response.json()
  expect(response.headers.get('content-type')).toMatch(isDropIn(row) ? 'application/json' : 'problem+json')
  return { status: response.status, says: isDropIn(row) ? data : (errors?.[0]?.path ?? code) }
}

describe.each(withBody.map((row): [string, Row] => [row.route, row]))('%s', (_, row) => {
  const said = (path: string) => (isDropIn(row) ? `validation_failed (${path})` : path)
  const refusal = async (sent: (body: string) => Sent) => refusalOf(row, await send(row, sent))

  test('refuses bytes that are not UTF-8', async () => {
    const says = isDropIn(row) ? 'validation_failed (body)' : 'malformed_json'
    expect(await refusal(() => ({ bytes: CP949, headers: JSON_TYPE }))).toEqual({ status: 400, says })
  })

  test.each([
    ['charset', { 'content-type': 'application/json; charset=euc-kr' }],
    ['charset', { 'content-type': 'application/json; charset="UTF-16"' }],
    ['content-encoding', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    ['content-type', { 'content-type': 'text/plain' }],
    ['content-type', { 'content-type': 'application/jsonp' }],
    ['content-type', { 'content-type': '' }],
  ])('says that the %s is not one it reads: %o', async (path, headers) => {
    const bytes = 'content-encoding' in headers ? new Uint8Array(gzipSync('{}')) : '{}'
    expect(await refusal(() => ({ bytes, headers }))).toEqual({ status: 415, says: said(path) })
  })

  test('stops reading what says no length once it is too large', async () => {
    let sentBytes = 0
    const endless = new ReadableStream({
      pull(controller) {
        sentBytes += 65_536
        controller.enqueue(Buffer.alloc(65_536, ' '))
      },
    })
    const { status } = await refusal(() => ({ bytes: endless, headers: JSON_TYPE }))
    expect(status).toBe(413)
    expect(sentBytes).toBeLessThan(4_000_000)
  })

  test('reads a body behind a byte order mark, in whatever spelling of UTF-8', async () => {
    const headers = { 'content-type': 'Application/JSON; charset="utf8"' }
    const bom = (body: string) => ({ bytes: Buffer.from(`\ufeff${body}`), headers })
    expect((await send(row, bom)).status).toBe(row.ok)
  })

  test('refuses a NUL and half a character wherever they stand', async () => {
    for (const text of ['a\0b', 'a\ud800b', '\udc00']) {
      const bad = (body: string) => ({
        bytes: Buffer.from(JSON.stringify({ ...JSON.parse(body), more: [{ deep: text }] })),
        headers: JSON_TYPE,
      })
      expect(await refusal(bad)).toEqual({ status: isDropIn(row) ? 400 : 422, says: said('more.0.deep') })
    }
  })
})

test('gives up on a body that comes too slowly', async () => {
  const never = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) })
  const request = new Request(ORIGIN, { method: 'POST', body: never, duplex: 'half' } as RequestInit) // as above
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const read = expect(readText(request)).rejects.toMatchObject({ code: 'request_timeout', status: 408 })
  await vi.advanceTimersByTimeAsync(40_000)
  vi.useRealTimers()
  await read
})

test('reads no more of a sign-in than its form needs', async () => {
  const { POST } = await import('@/app/api/auth/[...nextauth]/route')
  let sentBytes = 0
  const endless = new ReadableStream({
    pull(controller) {
      sentBytes += 65_536
      controller.enqueue(Buffer.alloc(65_536, 'x'))
    },
  })
  for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
    const request = new Request(`${ORIGIN}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: endless,
      duplex: 'half',
    } as RequestInit) // as above
    const response = await POST(request, {
      params: Promise.resolve({ nextauth: ['callback', 'credentials'] }),
    })
    expect(response.status).toBe(413)
    expect(sentBytes).toBeLessThan(1_000_000)
    break
  }
})
