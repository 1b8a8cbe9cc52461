import 'server-only'
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { log } from '@/lib/platform/log'
import { livingProcesses, processId } from '@/lib/platform/process'
import { objectStore, requireStored } from '@/lib/platform/storage'

const NEWEST = 20
const PULSE_MS = 1_000
/** A process that lives shows it within this time, also on a busy machine. */
const PATIENCE_MS = 12_000
const ADOPT = 'npm run -s studio -- data-directory adopt'

/** Names the studio that this directory belongs to. */
export const identityFile = () => path.join(env().dataDir, 'identity')
const pulseFile = (id: string) => path.join(env().dataDir, 'processes', id)

/**
 * Makes sure that this data directory is the one that the database's rows speak of, and that every process on the
 * database works on it. Throws one sentence otherwise: a server on another directory loses images that were paid for.
 * With an object store each machine has a directory of its own, which may be new, but not another studio's.
 */
export async function demandOwnDirectory(): Promise<void> {
  const known = await knownIdentity()
  const own = await ownIdentity()
  if (known === null) return claim(own)
  if (own === null && objectStore()) {
    await writeIdentity(known)
    return demandOwnDirectory()
  }
  if (own !== known)
    throw new Error(
      `the data directory ${env().dataDir} is not the one that this database belongs to: set STUDIO_DATA_DIR to that one, or restore it from a backup. If it is lost for good, \`${ADOPT}\` takes this one in its place.`,
    )
  if (!objectStore()) await demandShared()
}

/** The first directory that a database meets is its own, unless it plainly lacks what the database knows. */
async function claim(own: string | null): Promise<void> {
  const { looked, missing } = await lookAtNewest()
  if (looked > 0 && missing === looked)
    throw new Error(
      `the data directory ${env().dataDir} has none of the images that this database knows: set STUDIO_DATA_DIR to the one that has them, or restore it from a backup. If they are lost for good, \`${ADOPT}\` begins with this one.`,
    )
  // of several directories that begin at once with an object store, the database names one identity for all
  const id = own ?? (objectStore() ? randomUUID() : await writeIdentity())
  await db().dataDirectory.createMany({ data: { id }, skipDuplicates: true })
  return demandOwnDirectory() // whoever else began at the same moment may have been first
}

/** Makes this directory the database's own, whatever was before. For the shell; throws while another process runs. */
export async function adoptDirectory(): Promise<{ looked: number; missing: number }> {
  const { ids } = await livingProcesses()
  if (ids.size > 0) throw new Error('A studio runs on this database: stop every one first.')
  const id = (await ownIdentity()) ?? (await writeIdentity())
  await db().$transaction([db().dataDirectory.deleteMany(), db().dataDirectory.create({ data: { id } })])
  return lookAtNewest()
}

/** Whether this directory is the database's own; for the doctor. */
export async function isOwnDirectory(): Promise<boolean> {
  const known = await knownIdentity()
  return known === null || known === (await ownIdentity())
}

async function knownIdentity(): Promise<string | null> {
  return (await db().dataDirectory.findFirst({ select: { id: true } }))?.id ?? null
}

/** Null when there is none yet. Whoever writes it just now is waited for. */
async function ownIdentity(): Promise<string | null> {
  for (let tries = 10; tries > 0; tries -= 1) {
    const text = await readFile(identityFile(), 'utf8').catch(() => null)
    if (text === null) return null
    const id = z.uuid().safeParse(text.trim())
    if (id.success) return id.data
    await delay(100)
  }
  await rm(identityFile(), { force: true }) // a crash left it empty: it never named anything
  return null
}

/** The identity that is there afterwards, whoever wrote it. */
async function writeIdentity(id = randomUUID() as string): Promise<string> {
  try {
    const file = await open(identityFile(), 'wx', 0o600)
    await file.writeFile(`${id}\n`)
    await file.sync()
    await file.close()
    return id
  } catch (error) {
    const own = await ownIdentity()
    if (own === null) throw error
    return own
  }
}

/** Whether the newest files are where their rows say; each missing one is noted (lib/platform/storage). */
export async function lookAtNewest(take = NEWEST): Promise<{ looked: number; missing: number }> {
  const select = { teamId: true, sha256: true, sizeBytes: true } as const
  const blobs = await db().blob.findMany({ orderBy: { id: 'desc' }, take, select })
  const found = await Promise.allSettled(blobs.map(requireStored))
  return { looked: blobs.length, missing: found.filter(({ status }) => status === 'rejected').length }
}

/** Shows in the data directory that this process lives. Returns the way to stop. */
export async function startPulse(): Promise<() => Promise<void>> {
  const file = pulseFile(processId())
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, String(Date.now()), { mode: 0o600 })
  const beat = () =>
    writeFile(file, String(Date.now()), { flag: 'r+' }).catch((error: unknown) =>
      log.warn('data_directory.unwritable', { error }),
    )
  const timer = setInterval(beat, PULSE_MS)
  return async () => {
    clearInterval(timer)
    await rm(file, { force: true })
  }
}

/**
 * A copy has the identity of its original. So every other process that is connected must be seen at work in this
 * directory; one that ends meanwhile needs no proof.
 */
async function demandShared(): Promise<void> {
  const first = new Map<string, string | null>()
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const { ids } = await livingProcesses()
    ids.delete(processId())
    const silent: string[] = []
    for (const id of ids) {
      const pulse = await readFile(pulseFile(id), 'utf8').catch(() => null)
      if (!first.has(id)) first.set(id, pulse)
      if (pulse === null || pulse === first.get(id)) silent.push(id)
    }
    if (silent.length === 0) return
    if (Date.now() > deadline)
      throw new Error(
        `another studio on this database (process ${silent[0]}) does not work on the data directory ${env().dataDir}, perhaps on the one that this is a copy of: stop it, or set STUDIO_DATA_DIR to the same directory.`,
      )
    await delay(PULSE_MS / 5)
  }
}
