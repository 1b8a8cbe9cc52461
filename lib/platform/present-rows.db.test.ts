import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { rows } from '@/e2e/support/authorization'
import type { Row } from '@/e2e/support/authorization-row'
import type { Team } from '@/e2e/support/resource-factories'
import { ROOT } from '@/e2e/support/child'
import { call, makeMember, makeTeam, signInAs } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'

type Handler = Parameters<typeof call>[0]

let team: Team
let cookie: string
beforeAll(async () => {
  const made = await makeTeam()
  team = { ...made, maker: (await makeMember(made.id, 'member')).id }
  cookie = await signInAs(made.owner)
})

const thingOf = (route: string) => {
  const row = rows.find((one: Row) => one.route === route)
  return row?.thing?.(team, team.owner.id) ?? Promise.reject(new Error(`${route} has no thing`))
}

async function get(address: string): Promise<Response> {
  const handlers: { GET: Handler } = await import(path.join(ROOT, 'app', address, 'route.ts'))
  return call(handlers.GET, address, { cookie, team: team.slug })
}

const idsOf = async (response: Response): Promise<string[]> =>
  (await response.json()).items.map((item: { id: string }) => item.id)

/** A row of each list that cannot be shown: a time without end is a value of PostgreSQL and none of JSON. */
const spoil = (table: string, id: string, column = 'createdAt') =>
  db().$executeRawUnsafe(`UPDATE "${table}" SET "${column}" = 'infinity' WHERE "id" = '${id}'`)

describe.each([
  ['/api/v1/generations', 'GET /api/v1/generations/[id]', 'Generation', 'sentAt'],
  ['/api/v1/images', 'GET /api/v1/images/[id]', 'Image', 'createdAt'],
  ['/api/v1/references', 'GET /api/v1/references/[id]', 'Reference', 'createdAt'],
  ['/api/v1/share-links', 'GET /api/v1/share-links/[id]', 'ShareLink', 'lastViewedAt'],
  ['/api/v1/invitations', 'GET /api/v1/invitations/[id]/link', 'Invitation', 'expiresAt'],
  ['/api/v1/api-keys', 'DELETE /api/v1/api-keys/[id]', 'ApiKey', 'lastUsedAt'],
])('%s', (address, route, table, column) => {
  test('shows the rest around a row that cannot be shown, and tells the log', async () => {
    const [good, bad] = [await thingOf(route), await thingOf(route)]
    await spoil(table, bad, column)
    const told = vi.spyOn(log, 'error')
    const response = await get(address)
    expect(response.status).toBe(200)
    const ids = await idsOf(response)
    expect(ids).toContain(good)
    expect(ids).not.toContain(bad)
    expect(told).toHaveBeenCalledWith('rows.not_shown', expect.objectContaining({ id: bad }))
    told.mockRestore()
  })
})

test('/api/v1/members shows the rest', async () => {
  const bad = await makeMember(team.id, 'viewer')
  await db().$executeRaw`UPDATE "Membership" SET "createdAt" = 'infinity' WHERE "userId" = ${bad.id}::uuid`
  const response = await get('/api/v1/members')
  expect(response.status).toBe(200)
  expect((await response.json()).items.length).toBeGreaterThan(1)
})

test('/api/v1/audit shows the rest', async () => {
  const entry = { teamId: team.id, act: 'member.removed', subject: 'x' }
  const good = await db().auditEntry.create({ data: entry })
  const bad = randomUUID()
  await db().$executeRaw`
    INSERT INTO "AuditEntry" ("id", "teamId", "act", "subject", "createdAt")
    VALUES (${bad}::uuid, ${team.id}::uuid, 'member.removed', 'x', 'infinity')`
  const response = await get('/api/v1/audit')
  expect(response.status).toBe(200)
  const ids = await idsOf(response)
  expect(ids).toContain(good.id)
  expect(ids).not.toContain(bad)
})

test('a generation whose stored request is none of ours is shown all the same', async () => {
  const id = await thingOf('GET /api/v1/generations/[id]')
  await db().generation.update({ where: { id }, data: { request: {} } })
  const response = await get('/api/v1/generations')
  expect(response.status).toBe(200)
  expect(await idsOf(response)).toContain(id)
})

test('a link to something that has no such id hides no other link', async () => {
  const [good, bad] = [
    await thingOf('GET /api/v1/share-links/[id]'),
    await thingOf('GET /api/v1/share-links/[id]'),
  ]
  await db().shareLink.update({ where: { id: bad }, data: { target: 'image', targetId: 'none' } })
  const response = await get('/api/v1/share-links')
  expect(response.status).toBe(200)
  expect(await idsOf(response)).toContain(good)
})
