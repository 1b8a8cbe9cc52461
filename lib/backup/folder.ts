import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { manifest, type Manifest, type Table } from '@/lib/backup/manifest'
import type { BlobStore } from '@/lib/platform/blob-store'
import { syncFolder, writeSynced } from '@/lib/platform/durable-files'
import { fileStore } from '@/lib/platform/file-store'
import { hashOf, type OwnedBlob } from '@/lib/platform/storage'

const NAME = /^\d{8}T\d{9}Z$/
/** The place of files that are no team's, among the teams. */
export const NO_TEAM = '00000000-0000-0000-0000-000000000000'

/**
 * The folder of all backups of one studio: `backups/<moment>` each with its manifest and tables, `blobs` with the files of
 * all of them. What is not finished lies in `unfinished`, so that whatever is in `backups` is whole.
 */
export const backupFolder = (dir: string, name: string): string => path.join(dir, 'backups', name)
const unfinishedFolder = (dir: string, name: string) => path.join(dir, 'unfinished', name)

/** The files of all backups in the folder. */
export const poolOf = (dir: string): BlobStore => fileStore(dir)

/** The names of the backups in the folder, the oldest first. */
export async function listBackups(dir: string): Promise<string[]> {
  const names = await readdir(path.join(dir, 'backups')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => NAME.test(name)).sort()
}

/** A name for a backup that begins now: the moment in UTC. */
export const nameAt = (now: Date): string => now.toISOString().replace(/[-:.]/g, '')

/** A new place to write a backup into; what earlier ones left unfinished is removed. */
export async function beginBackup(dir: string, name: string): Promise<string> {
  await rm(path.join(dir, 'unfinished'), { recursive: true, force: true })
  const folder = unfinishedFolder(dir, name)
  await mkdir(path.join(folder, 'tables'), { recursive: true, mode: 0o700 })
  await mkdir(path.join(dir, 'backups'), { recursive: true, mode: 0o700 })
  return folder
}

/** Writes the manifest and gives the backup its name: the last step, and one that happens whole or not at all. */
export async function finishBackup(dir: string, made: Manifest): Promise<void> {
  const folder = unfinishedFolder(dir, made.name)
  const text = `${JSON.stringify(made, null, 1)}\n`
  await writeSynced(path.join(folder, 'manifest.json'), text)
  await writeSynced(path.join(folder, 'manifest.sha256'), `${hashOf(Buffer.from(text))}  manifest.json\n`)
  for (const one of [path.join(folder, 'tables'), folder]) await syncFolder(one)
  await rename(folder, backupFolder(dir, made.name))
  await syncFolder(path.join(dir, 'backups'))
}

/** Takes a backup away, so that no half of it is ever seen. */
export async function removeBackup(dir: string, name: string): Promise<void> {
  const aside = unfinishedFolder(dir, name)
  await mkdir(path.dirname(aside), { recursive: true, mode: 0o700 })
  await rename(backupFolder(dir, name), aside)
  await rm(aside, { recursive: true, force: true })
}

/** What the backup says of itself. Throws one sentence where that is missing, cut or changed. */
export async function readManifest(dir: string, name: string): Promise<Manifest> {
  const folder = backupFolder(dir, name)
  const damaged = (how: string, cause?: unknown) =>
    new Error(`The backup ${name} is damaged: its manifest ${how}.`, { cause })
  const [text, sum] = await Promise.all(
    ['manifest.json', 'manifest.sha256'].map((file) => readFile(path.join(folder, file))),
  ).catch((cause: unknown) => {
    throw damaged('cannot be read', cause)
  })
  if (!text || sum?.toString('utf8', 0, 64) !== hashOf(text)) throw damaged('does not match its SHA-256')
  const { format }: { format?: unknown } = Object(JSON.parse(text.toString('utf8')))
  const parsed = manifest.safeParse(JSON.parse(text.toString('utf8')))
  if (parsed.success) return parsed.data
  if (format !== 1) throw new Error(`The backup ${name} was made by a newer version: update the program.`)
  throw damaged('is not one', parsed.error)
}

/** The files of the backup's tables that are not as the manifest says. */
export async function damagedTables(dir: string, { name, tables }: Manifest): Promise<string[]> {
  const damaged: string[] = []
  for (const { file, sha256 } of tables) {
    const hash = createHash('sha256')
    try {
      for await (const piece of createReadStream(path.join(backupFolder(dir, name), file))) hash.update(piece)
    } catch {
      damaged.push(file) // missing or unreadable
      continue
    }
    if (hash.digest('hex') !== sha256) damaged.push(file)
  }
  return damaged
}

/** Every file that the backup needs of the pool, from its own rows: `Blob`'s, then what is no row's. */
export async function* blobsOf(folder: string, { tables, files }: Pick<Manifest, 'tables' | 'files'>) {
  const table = tables.find(({ name }) => name === 'Blob')
  if (table) yield* rowsOf(path.join(folder, table.file), table)
  for (const { sha256, sizeBytes } of files) yield { teamId: NO_TEAM, sha256, sizeBytes }
}

/** None of these columns ever holds what COPY escapes. */
async function* rowsOf(file: string, { columns }: Pick<Table, 'columns'>): AsyncGenerator<OwnedBlob> {
  const [team, hash, size] = ['teamId', 'sha256', 'sizeBytes'].map((name) => columns.indexOf(name))
  const plain = pipeline(createReadStream(file), createGunzip(), () => undefined) // an error reaches whoever reads
  for await (const line of linesOf(plain)) {
    const values = line.split('\t')
    yield {
      teamId: values[team ?? -1] ?? '',
      sha256: values[hash ?? -1] ?? '',
      sizeBytes: Number(values[size ?? -1]),
    }
  }
}

async function* linesOf(text: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of text) {
    const lines = (rest + piece.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}
