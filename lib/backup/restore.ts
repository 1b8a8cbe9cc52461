import 'server-only'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { copyBlobs, readWhole, type Copied } from '@/lib/backup/copy'
import { putFile } from '@/lib/backup/files'
import { blobsOf, damagedTables, listBackups, NO_TEAM, readManifest } from '@/lib/backup/contents'
import { demandEmptyDatabase, loadDatabase } from '@/lib/backup/load'
import type { Manifest } from '@/lib/backup/manifest'
import { inBackupPlace } from '@/lib/backup/open-place'
import type { Place } from '@/lib/backup/place'
import { hasSecret } from '@/lib/backup/secret'
import { cancelQueued } from '@/lib/generations/cancel'
import { db, directUrl } from '@/lib/platform/db'
import { identityFile } from '@/lib/platform/data-directory'
import { env } from '@/lib/platform/env'
import { secretFile } from '@/lib/platform/secret'
import { durableStore } from '@/lib/platform/storage'

export type Restoring = {
  /** A folder, or `s3://bucket/prefix`. */
  address: string
  /** The newest when it is not said. */
  name?: string
  /** Restores what can be restored: without the secret, without files that are lost. */
  acceptsLoss: boolean
  /** Brings the empty database to the backup's migrations; throws where this program does not know them all. */
  prepare: (migrations: Manifest['migrations']) => Promise<void>
  /** Brings it to this program's. */
  migrateForward: () => Promise<void>
  say: (words: string) => void
}

/**
 * Restores a backup into an empty place: first the files, which may be repeated, then the database in one transaction.
 * Until that is committed the place counts as empty, and the whole may be begun again.
 */
export const restore = (given: Restoring): Promise<Manifest> =>
  inBackupPlace(given.address, 'read', (place) => restoreFrom(place, given))

async function restoreFrom(place: Place, given: Restoring): Promise<Manifest> {
  const { acceptsLoss, prepare, migrateForward, say } = given
  const made = await readManifest(place, given.name ?? (await newest(place)))
  await demandWholeTables(place, made)
  await demandEmptyDirectory(made)
  if (!acceptsLoss) demandSecret(made)
  await demandEmptyDatabase(directUrl(), made)
  say(`restoring ${made.name}: ${made.total.files} files …`)
  const lost = [...(await restoreBlobs(place, made, say)), ...(await restoreFiles(place, made))]
  const unknown = lost.filter(({ sha256 }) => !made.lost.some((one) => one.sha256 === sha256))
  if (unknown.length > 0 && !acceptsLoss)
    throw new Error(
      `The backup is damaged: ${unknown.length} files of ${made.total.files} are missing or changed, the first is ${unknown[0]?.teamId}/${unknown[0]?.sha256}. --accept-loss restores the others.`,
    )
  await prepare(made.migrations)
  await writeFile(identityFile(), `${made.dataDirectory}\n`, { mode: 0o600 })
  await loadDatabase(directUrl(), place, made)
  await migrateForward()
  await afterLoad()
  return made
}

async function newest(place: Place): Promise<string> {
  const name = (await listBackups(place)).at(-1)
  if (!name) throw new Error(`There is no backup in ${place.address}.`)
  return name
}

async function demandWholeTables(place: Place, made: Manifest): Promise<void> {
  const damaged = await damagedTables(place, made)
  if (damaged.length > 0)
    throw new Error(
      `The backup ${made.name} is damaged: ${damaged.join(', ')} does not match its SHA-256. Restore another one with --backup.`,
    )
}

async function demandEmptyDirectory({ dataDirectory }: Manifest): Promise<void> {
  await mkdir(env().dataDir, { recursive: true, mode: 0o700 })
  const identity = await readFile(identityFile(), 'utf8').catch(() => null)
  if (identity !== null && identity.trim() !== dataDirectory)
    throw new Error(`The data directory ${env().dataDir} is another studio's: restore into a new one.`)
}

function demandSecret({ secretCheck }: Manifest): void {
  if (hasSecret(secretCheck)) return
  throw new Error(
    `The secret of the backup is missing: set STUDIO_SECRET to it or put its file at ${secretFile()}. With --accept-loss it is restored without: sign-ins, stored Flamel keys and two-step sign-in are then lost.`,
  )
}

async function restoreBlobs(place: Place, made: Manifest, say: (words: string) => void) {
  let told = 0
  const tell = ({ newFiles, newBytes }: Copied) => {
    if (newFiles % 1_000 !== 0 || newFiles === told) return
    told = newFiles
    say(`${newFiles} files, ${(newBytes / 1e6).toFixed(0)} MB …`)
  }
  const blobs = blobsOf(place, { ...made, files: [] })
  const { lost } = await copyBlobs({
    blobs,
    from: place.blobs,
    to: durableStore(),
    isStopping: () => false,
    say: tell,
  })
  return lost
}

async function restoreFiles(place: Place, { files }: Manifest) {
  const lost = []
  for (const { path: file, sha256, sizeBytes } of files) {
    const blob = { teamId: NO_TEAM, sha256, sizeBytes }
    const bytes = await readWhole(place.blobs, blob)
    if (bytes) await putFile(file, bytes)
    else lost.push(blob)
  }
  return lost
}

/** What waited to be sent may have been sent since, by the studio that the backup is of: it is not sent twice. */
async function afterLoad(): Promise<void> {
  await db().$transaction((tx) => cancelQueued(tx, {}), { timeout: 600_000 })
  await db().mail.updateMany({
    where: { state: { in: ['queued', 'sending'] } },
    data: { state: 'canceled', values: null, endedAt: new Date() },
  })
  await db().accountLinkRequest.deleteMany()
}
