import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { adoptDirectory, demandOwnDirectory, isOwnDirectory, startPulse } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { processId } from '@/lib/platform/process'

const home = temporaryFolder()
const connected: pg.Client[] = []
const stops: (() => Promise<void>)[] = []
let serial = 0

beforeEach(() => use('own'))
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  for (const client of connected.splice(0)) await client.end()
  await db().dataDirectory.deleteMany()
  await db().image.deleteMany()
  await db().blob.deleteMany()
})

/** Works on a new directory from here on. */
async function use(name: string): Promise<string> {
  const directory = path.join(home, `${name}-${(serial += 1)}`)
  await mkdir(directory, { recursive: true })
  env().dataDir = directory
  return directory
}

/** Another process, as the database sees it. */
async function connectAs(id: string) {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    application_name: `studio-dispatcher-${id}`,
  })
  await client.connect()
  connected.push(client)
}

const makeImages = async () => makeGeneration(await makeActor(await makeTeam(), 'member'))

test('the first directory is the database’s own, also after a restart and wherever it moves', async () => {
  await demandOwnDirectory()
  await makeImages()
  await demandOwnDirectory()
  const before = env().dataDir
  env().dataDir = `${before}-moved`
  await rename(before, env().dataDir)
  await demandOwnDirectory()
  expect(await isOwnDirectory()).toBe(true)
})

test('two that begin at the same moment agree', async () => {
  await Promise.all([demandOwnDirectory(), demandOwnDirectory(), demandOwnDirectory()])
  expect(await db().dataDirectory.count()).toBe(1)
})

test('another directory is refused in one sentence that says what to do', async () => {
  await demandOwnDirectory()
  await use('stranger')
  await expect(demandOwnDirectory()).rejects.toThrow(
    /is not the one that this database belongs to: set STUDIO_DATA_DIR/,
  )
  expect(await isOwnDirectory()).toBe(false)
})

test('a directory with the identity of another database is refused', async () => {
  await demandOwnDirectory()
  const stranger = await use('stranger')
  await writeFile(path.join(stranger, 'identity'), crypto.randomUUID())
  await expect(demandOwnDirectory()).rejects.toThrow('is not the one')
})

test('an upgrade with an empty directory is refused, with the old one accepted', async () => {
  const old = env().dataDir
  await makeImages()
  await use('empty')
  await expect(demandOwnDirectory()).rejects.toThrow('has none of the images that this database knows')
  env().dataDir = old
  await demandOwnDirectory()
})

test('a lost directory is replaced on purpose only, and not while a studio runs', async () => {
  await demandOwnDirectory()
  await makeImages()
  await use('new')
  await connectAs(crypto.randomUUID())
  await expect(adoptDirectory()).rejects.toThrow('stop every one first')
  for (const client of connected.splice(0)) await client.end()
  await expect
    .poll(async () => adoptDirectory().catch(() => null))
    .toMatchObject({ missing: expect.any(Number) })
  await demandOwnDirectory()
})

test('an identity that a crash left empty is made anew', async () => {
  await writeFile(path.join(env().dataDir, 'identity'), '')
  await demandOwnDirectory()
  expect(await readFile(path.join(env().dataDir, 'identity'), 'utf8')).toMatch(/^[0-9a-f-]{36}\n$/)
})

test('a process that works on the same directory is welcome; its mark goes with it', async () => {
  await demandOwnDirectory()
  const stop = await startPulse()
  stops.push(stop)
  const mark = path.join(env().dataDir, 'processes', processId())
  const other = path.join(env().dataDir, 'processes', 'c0ffee00-0000-4000-8000-000000000000')
  await connectAs('c0ffee00-0000-4000-8000-000000000000')
  const beat = setInterval(() => void writeFile(other, String(Date.now())), 100)
  try {
    await demandOwnDirectory()
  } finally {
    clearInterval(beat)
  }
  await stop()
  await expect(readFile(mark)).rejects.toThrow('ENOENT')
})

test('a copy of the directory is refused while a process works on the original', async () => {
  await demandOwnDirectory()
  const id = crypto.randomUUID()
  const marks = path.join(env().dataDir, 'processes')
  await mkdir(marks)
  await writeFile(path.join(marks, id), '1')
  await connectAs(id)
  const original = env().dataDir
  const copy = await use('copy')
  await rm(copy, { recursive: true })
  await cp(original, copy, { recursive: true })
  await expect(demandOwnDirectory()).rejects.toThrow(`process ${id}) does not work on the data directory`)
})
