import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { makeActor } from '@/e2e/support/images'
import { makeTeam } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { beginDraining } from '@/lib/platform/draining'
import { env } from '@/lib/platform/env'
import { startListening, stopListening } from '@/lib/platform/events'
import { findDisagreement, joinNodes, leaveNodes, tellNodes } from '@/lib/platform/nodes'
import { connectionName, processId } from '@/lib/platform/process'
import { getSystem } from '@/lib/system/server'

const connected: pg.Client[] = []
afterEach(async () => {
  await leaveNodes()
  for (const client of connected.splice(0)) await client.end()
  await stopListening()
  await db().node.deleteMany()
})

type Other = { name?: string; secretCheck?: string; imagesIn?: string; seenAt?: Date; startedAt?: Date }

/** Another process, as the database sees it: its row, and its connection while it lives. */
async function makeOther(given: Other, isAlive = true): Promise<string> {
  await joinNodes('web') // what it agrees with
  const { secretCheck, imagesIn } = await db().node.findUniqueOrThrow({ where: { id: processId() } })
  await leaveNodes()
  const id = randomUUID()
  const usual = { name: 'other', role: 'worker', version: '0.0.1', startedAt: new Date(Date.now() - 60_000) }
  await db().node.create({ data: { id, ...usual, secretCheck, imagesIn, ...given } })
  if (!isAlive) return id
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: `studio-dispatcher-${id}`,
  })
  await client.connect()
  connected.push(client)
  return id
}

const listed = async () => {
  const { nodes } = await getSystem(await makeActor(await makeTeam(), 'admin'))
  return nodes.map(({ name, role, state, isOwn }) => [name, role, state, isOwn])
}

test('a process is listed by its machine and number or by its given name, until it leaves', async () => {
  await startListening(connectionName(true))
  await joinNodes('both')
  expect(await listed()).toEqual([[`${hostname()}:${process.pid}`, 'both', 'ready', true]])
  await leaveNodes()
  expect(await listed()).toEqual([])
  env().STUDIO_NODE_NAME = 'studio-1'
  await joinNodes('web')
  env().STUDIO_NODE_NAME = undefined
  expect(await listed()).toEqual([['studio-1', 'web', 'ready', true]])
})

test('one that was killed is shown as gone, and makes room for the next of its name', async () => {
  await startListening(connectionName(true))
  const minuteAgo = new Date(Date.now() - 60_000)
  await makeOther({ name: 'killed', seenAt: minuteAgo }, false)
  await makeOther({ name: 'silent', seenAt: minuteAgo })
  await makeOther({ name: 'reconnects' }, false)
  await makeOther({ name: 'yesterday', seenAt: new Date(Date.now() - 90_000_000) }, false)
  await joinNodes('web')
  const shown = (await listed()).map(([name, , state]) => `${name} ${state}`)
  const own = `${hostname()}:${process.pid} ready`
  expect(shown.toSorted()).toEqual(['killed gone', 'reconnects ready', 'silent ready', own].toSorted())
  expect(await db().node.count({ where: { name: 'yesterday' } })).toBe(0)
  env().STUDIO_NODE_NAME = 'killed'
  await joinNodes('web')
  expect(await db().node.count({ where: { name: 'killed' } })).toBe(1) // of another role: another process of that machine
  await joinNodes('worker')
  env().STUDIO_NODE_NAME = undefined
  expect(await db().node.count({ where: { name: 'killed' } })).toBe(0)
})

test('another secret is refused in one sentence, and leaves no trace', async () => {
  await makeOther({ name: 'studio-1', secretCheck: 'of another secret' })
  const sentence =
    'the process studio-1 on this database has another secret: set STUDIO_SECRET to the same value on every machine.'
  await expect(joinNodes('web')).rejects.toThrow(sentence)
  expect(await findDisagreement()).toBe(sentence) // as the doctor asks, whose process is not listed
  expect(await db().node.count()).toBe(1)
})

test('another place for images is refused', async () => {
  await makeOther({ imagesIn: 's3://elsewhere/' })
  await expect(joinNodes('web')).rejects.toThrow(
    /keeps images in s3:\/\/elsewhere\/, this one in the data directory: set STORAGE_URL/,
  )
})

test('a process that has gone, or began later, has no say', async () => {
  await makeOther({ secretCheck: 'of another secret' }, false)
  await makeOther({ secretCheck: 'of another secret', startedAt: new Date(Date.now() + 60_000) })
  await joinNodes('web')
  expect(await db().node.count()).toBe(3)
})

test('one that is told to stop says so at once', async () => {
  await startListening(connectionName(true))
  await joinNodes('both')
  beginDraining()
  await tellNodes()
  expect((await listed()).map(([, , state]) => state)).toEqual(['draining'])
})
