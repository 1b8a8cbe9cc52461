import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET as getCounts } from '@/app/api/v1/images/counts/route'
import GalleryPage from '@/app/t/[team]/gallery/page'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { call, makeTeam, ORIGIN, signInAs } from '@/e2e/support/people'
import { inRequestScope } from '@/e2e/support/request-scope'
import { openTcpProxyTo, type TcpProxy } from '@/e2e/support/tcp-proxy'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

const LIST = 'SELECT i.id, i."createdAt" FROM "Image" i'
const COUNT = 'count(*)'

let proxy: TcpProxy
let asked = ''

/** Keeps the statements on their way. */
function recording() {
  const way = new PassThrough()
  way.on('data', (bytes: Buffer) => {
    asked += bytes.toString('latin1')
  })
  return way
}

beforeAll(async () => {
  proxy = await openTcpProxyTo(process.env.DATABASE_URL ?? '', { sent: recording })
  env().DATABASE_URL = proxy.url
})
afterAll(async () => {
  await db().$disconnect()
  await proxy?.shut()
})

test('the gallery’s page asks the database for its first images, not for how many there are', async () => {
  const team = await makeTeam()
  await makeGeneration(await makeActor(team, 'member'), { count: 4 })
  const cookie = await signInAs(team.owner)
  const request = new Request(`${ORIGIN}/t/${team.slug}/gallery`, { headers: { cookie } })
  for (const searchParams of [{}, { until: '2099-12' }]) {
    asked = ''
    const props = {
      params: Promise.resolve({ team: team.slug }),
      searchParams: Promise.resolve(searchParams),
    }
    await inRequestScope(request, () => GalleryPage(props))
    expect(asked).toContain(LIST)
    expect(asked).not.toContain(COUNT)
  }
  const counts = await call(getCounts, '/api/v1/images/counts', { cookie, team: team.slug })
  expect((await counts.json()).total).toBe(4)
  expect(asked).toContain(COUNT)
})
