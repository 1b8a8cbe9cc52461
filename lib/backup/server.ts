import 'server-only'
import type pg from 'pg'
import { copyBlobs, type Copied } from '@/lib/backup/copy'
import { dumpDatabase } from '@/lib/backup/dump'
import { keepFiles } from '@/lib/backup/files'
import {
  blobsOf,
  filesOf,
  finishBackup,
  keyIn,
  listBackups,
  nameAt,
  readManifest,
  removeUnfinished,
} from '@/lib/backup/contents'
import { FORMAT, type Manifest } from '@/lib/backup/manifest'
import { inBackupPlace } from '@/lib/backup/open-place'
import type { Place } from '@/lib/backup/place'
import { removeOld } from '@/lib/backup/retention'
import { secretCheck } from '@/lib/backup/secret'
import { asOnlyBackup } from '@/lib/platform/backup-lock'
import { isOwnDirectory } from '@/lib/platform/data-directory'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { env } from '@/lib/platform/env'
import { durableStore } from '@/lib/platform/storage'
import { version } from '@/package.json'

const REMEMBERED_MS = 90 * DAY_MS
const LOOKED_AT = 3
const PART_BYTES = 2 ** 30

export type BackupOptions = {
  /** A folder, or `s3://bucket/prefix`. */
  address: string
  /** How many backups stay there. */
  keep: number
  /** What a file of a table has at most. */
  partBytes?: number
  isStopping?: () => boolean
  say?: (copied: Copied) => void
  /** Asked once no other backup can begin any more: false leaves it at that. */
  isWanted?: () => Promise<boolean>
}

/**
 * Makes a backup beside everything else: the database as it is at one moment, then the files of its rows that the place
 * does not have yet. Null when another one runs, or when it is not wanted any more. Every attempt is written down.
 */
export async function backUp({ isWanted, ...options }: BackupOptions): Promise<Manifest | null> {
  return asOnlyBackup(async (client) => {
    if (isWanted && !(await isWanted())) return null
    // no other one runs: what has not ended never will
    await db().backup.updateMany({
      where: { endedAt: null },
      data: { endedAt: new Date(), problem: 'It was interrupted.' },
    })
    const { id } = await db().backup.create({ data: {}, select: { id: true } })
    try {
      const made = await inBackupPlace(options.address, 'write', async (place) => {
        const made = await make(client, place, options)
        await db().backup.update({ where: { id }, data: rowOf(made) })
        await removeOld(place, options.keep)
        return made
      })
      await db().backup.deleteMany({ where: { startedAt: { lt: new Date(Date.now() - REMEMBERED_MS) } } })
      return made
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      // one that is there stays one, also when older ones could not be removed
      await db().backup.update({ where: { id }, data: { endedAt: new Date(), problem } })
      throw error
    }
  })
}

type Making = Pick<BackupOptions, 'partBytes' | 'isStopping' | 'say'>

async function make(client: pg.Client, place: Place, options: Making): Promise<Manifest> {
  const { partBytes = PART_BYTES, isStopping = () => false, say } = options
  const startedAt = new Date()
  const name = nameAt(startedAt)
  await demandOwn(place)
  await removeUnfinished(place)
  const dump = await dumpDatabase(client, {
    put: (file, content) => place.put(keyIn(name, file), content),
    partBytes,
    isStopping,
  })
  const files = await keepFiles(place.blobs)
  // what is no row's is in the pool already: it is only counted
  const blobs = blobsOf(place, { name, tables: dump.tables, files })
  const { lost, ...copied } = await copyBlobs({
    blobs,
    from: durableStore(),
    to: place.blobs,
    isStopping,
    say,
  })
  const made: Manifest = {
    format: FORMAT,
    name,
    studio: version,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    secretCheck: secretCheck(),
    ...dump,
    files,
    lost,
    total: { files: copied.files, sizeBytes: copied.sizeBytes, newBytes: copied.newBytes },
  }
  await client.query('SELECT') // a lock that went with its connection kept nobody out
  await finishBackup(place, made)
  return made
}

/** The place and the files belong to this database; otherwise old backups of another studio would be removed. */
async function demandOwn(place: Place): Promise<void> {
  if (!(await isOwnDirectory()))
    throw new Error(
      `The data directory ${env().dataDir} is not the one that this database belongs to: set STUDIO_DATA_DIR to its own.`,
    )
  const known = await db().dataDirectory.findFirst({ select: { id: true } })
  const names = await listBackups(place)
  const found = await Promise.allSettled(names.slice(-LOOKED_AT).map((name) => readManifest(place, name)))
  const isOthers = found.some((one) => one.status === 'fulfilled' && one.value.dataDirectory !== known?.id)
  if (isOthers) throw new Error(`${place.address} holds the backups of another studio: choose another place.`)
}

function rowOf(made: Manifest) {
  const { name, total, lost } = made
  return {
    endedAt: new Date(),
    name,
    databaseBytes: filesOf(made).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fileCount: total.files,
    fileBytes: total.sizeBytes,
    newBytes: total.newBytes,
    lostCount: lost.length,
  }
}
