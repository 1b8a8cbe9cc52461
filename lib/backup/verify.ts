import 'server-only'
import { createHash } from 'node:crypto'
import { blobsOf, damagedTables, filesOf, listBackups, readManifest } from '@/lib/backup/contents'
import { inBackupPlace } from '@/lib/backup/open-place'
import type { Place } from '@/lib/backup/place'
import { mayRemoveFiles } from '@/lib/platform/backup-lock'
import { isMissing, type BlobName, type BlobStore } from '@/lib/platform/blob-store'
import { demandOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { inParallel } from '@/lib/platform/in-parallel'
import { blobStore, durableStore, type OwnedBlob } from '@/lib/platform/storage'
import { storedBlobs } from '@/lib/platform/stored-blobs'
import { isKeptThere } from '@/lib/upstream/kept-spool'

const AT_ONCE = 4
const PAGE = 1_000

export type Progress = { files: number; bytes: number }
export type Verified = Progress & {
  /** What is wrong, a line each. */
  wrong: string[]
  /** Files that no row names, such as those of an answer that a crash cut: they only take room. */
  strays: number
}

/**
 * Reads every file that a row of this database names, and every other one of the store, and compares it with its name. With
 * `removesStrays` the others are removed, unless they were used within a day: such a file may be about to be named.
 */
export async function verifyStudio(
  tell: (progress: Progress) => void,
  { removesStrays = false }: { removesStrays?: boolean } = {},
): Promise<Verified & { removed: number }> {
  if (removesStrays) await demandOwnDirectory() // beside another database's rows every file would be a stray
  const verified = { files: 0, bytes: 0, wrong: new Array<string>(), strays: 0, removed: 0 }
  const store = durableStore()
  await inParallel(storedBlobs(), AT_ONCE, async (blob) => {
    const fault = await faultOf(store, blob, verified)
    if (fault && (await isStillNamed(blob))) verified.wrong.push(`${blob.teamId}/${blob.sha256} ${fault}`)
    tell(verified)
  })
  await inParallel(unnamed(store), AT_ONCE, async ({ teamId, sha256 }) => {
    const sizeBytes = (await store.stat({ teamId, sha256 }))?.sizeBytes
    if (sizeBytes === undefined) return // removed meanwhile
    if (removesStrays && (await removeStray({ teamId, sha256 }))) {
      verified.removed += 1
      return
    }
    verified.strays += 1
    const fault = await faultOf(store, { teamId, sha256, sizeBytes }, verified)
    if (fault) verified.wrong.push(`${teamId}/${sha256}, which no row names, ${fault}`)
    tell(verified)
  })
  verified.wrong.push(...(await missingAnswers()))
  return verified
}

/** Answers that could not be read are kept as they came, each named by its generation. */
async function missingAnswers(): Promise<string[]> {
  const kept = await db().generation.findMany({ where: { spool: { not: null } }, select: { spool: true } })
  const names = kept.flatMap(({ spool }) => spool ?? [])
  const isThere = await Promise.all(names.map(isKeptThere))
  return names.filter((_, at) => !isThere[at]).map((name) => `the kept answer ${name} is missing`)
}

/** The same for a backup: its manifest, its tables, and every file that its rows need. */
export const verifyBackup = (
  address: string,
  options: BackupToVerify,
): Promise<Verified & { name: string }> => inBackupPlace(address, 'read', (place) => verifyIn(place, options))

type BackupToVerify = { name?: string; tell: (progress: Progress) => void }

async function verifyIn(place: Place, { name, tell }: BackupToVerify): Promise<Verified & { name: string }> {
  const chosen = name ?? (await listBackups(place)).at(-1)
  if (!chosen) throw new Error(`There is no backup in ${place.address}.`)
  const made = await readManifest(place, chosen)
  const damaged = await damagedTables(place, made)
  const verified = {
    ...{ name: chosen, files: filesOf(made).length, bytes: 0, strays: 0 },
    wrong: damaged.map((file) => `${file} does not match its SHA-256`),
  }
  if (damaged.some((file) => file.startsWith('tables/Blob.'))) return verified // nobody knows what it needs
  await inParallel(blobsOf(place, made), AT_ONCE, async (blob) => {
    const isLost = made.lost.some(({ teamId, sha256 }) => teamId === blob.teamId && sha256 === blob.sha256)
    const fault = isLost ? 'was lost before' : await faultOf(place.blobs, blob, verified)
    if (fault) verified.wrong.push(`${blob.teamId}/${blob.sha256} ${fault}`)
    tell(verified)
  })
  return verified
}

/** What is wrong with the file; null when it is to its last byte what its name says. */
async function faultOf(store: BlobStore, blob: OwnedBlob, counted: Progress): Promise<string | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const piece of await store.open(blob)) {
      hash.update(piece)
      bytes += piece.length
    }
  } catch (error) {
    return isMissing(error)
      ? 'is missing'
      : `cannot be read (${error instanceof Error ? error.message : error})`
  } finally {
    Object.assign(counted, { files: counted.files + 1, bytes: counted.bytes + bytes })
  }
  if (bytes !== blob.sizeBytes) return `has ${bytes} bytes instead of ${blob.sizeBytes}`
  return hash.digest('hex') === blob.sha256 ? null : 'is damaged: its SHA-256 is another'
}

/** Purged while it was looked at: then it may be missing. */
async function isStillNamed({ teamId, sha256 }: OwnedBlob): Promise<boolean> {
  return (await db().blob.count({ where: { teamId, sha256 } })) > 0
}

/** Not while a backup runs, nor what a row names by now. */
async function removeStray(name: BlobName): Promise<boolean> {
  return db().$transaction(async (tx) => {
    if (!(await mayRemoveFiles(tx)) || (await tx.blob.count({ where: name })) > 0) return false
    return blobStore().remove(name, new Date(Date.now() - DAY_MS))
  })
}

/** Files that no row names at this moment. */
async function* unnamed(store: BlobStore) {
  let page: { teamId: string; sha256: string }[] = []
  const strays = async () => {
    const known = await db().blob.findMany({
      where: { sha256: { in: page.map(({ sha256 }) => sha256) } },
      select: { teamId: true, sha256: true },
    })
    const names = new Set(known.map(({ teamId, sha256 }) => `${teamId}/${sha256}`))
    return page.filter(({ teamId, sha256 }) => !names.has(`${teamId}/${sha256}`))
  }
  for await (const name of store.list()) {
    page.push(name)
    if (page.length < PAGE) continue
    yield* await strays()
    page = []
  }
  yield* await strays()
}
