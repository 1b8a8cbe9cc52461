import 'server-only'
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { FORMAT, manifest, type Manifest, type Part, type Table } from '@/lib/backup/manifest'
import type { Place } from '@/lib/backup/place'
import { isStoreAway } from '@/lib/platform/blob-store'
import { hashOf, type OwnedBlob } from '@/lib/platform/storage'

const NAME = /^\d{8}T\d{9}Z$/
/** The place of files that are no team's, among the teams. */
export const NO_TEAM = '00000000-0000-0000-0000-000000000000'
const MANIFEST = 'manifest.json'

/**
 * A place holds the backups of one studio: `backups/<moment>/` each with its tables and manifest, `blobs/` with the files of
 * all of them. The manifest is written last and removed first: what has none is no backup.
 */
export const keyIn = (name: string, part: string): string => `backups/${name}/${part}`

/** The names of the backups, the oldest first. */
export async function listBackups(place: Place): Promise<string[]> {
  return (await partsOf(place))
    .filter(({ part }) => part === MANIFEST)
    .map(({ name }) => name)
    .sort()
}

async function partsOf(place: Place): Promise<{ name: string; part: string; key: string }[]> {
  const found = []
  for await (const key of place.list('backups/')) {
    const [, name = '', ...rest] = key.split('/')
    if (NAME.test(name)) found.push({ name, part: rest.join('/'), key })
  }
  return found
}

/** A name for a backup that begins now: the moment in UTC. */
export const nameAt = (now: Date): string => now.toISOString().replace(/[-:.]/g, '')

/** Writes the manifest, which makes it a backup. Throws where another studio has begun there and cleared meanwhile. */
export async function finishBackup(place: Place, made: Manifest): Promise<void> {
  const text = Buffer.from(`${JSON.stringify(made, null, 1)}\n`)
  await place.put(keyIn(made.name, 'manifest.sha256'), [Buffer.from(`${hashOf(text)}  ${MANIFEST}\n`)])
  const parts = new Set<string>()
  for await (const key of place.list(keyIn(made.name, ''))) parts.add(key)
  const missing = filesOf(made).find(({ file }) => !parts.has(keyIn(made.name, file)))
  if (missing) throw new Error(`${missing.file} is gone from ${place.address}: something else removes there.`)
  await place.put(keyIn(made.name, MANIFEST), [text])
}

/** Takes a backup away, so that no half of it is ever seen. */
export async function removeBackup(place: Place, name: string): Promise<void> {
  await place.remove(keyIn(name, MANIFEST))
  await removeUnfinished(place)
}

/** Removes what earlier backups and removals left half done. */
export async function removeUnfinished(place: Place): Promise<void> {
  const parts = await partsOf(place)
  const whole = new Set(parts.filter(({ part }) => part === MANIFEST).map(({ name }) => name))
  for (const { name, key } of parts) if (!whole.has(name)) await place.remove(key)
}

/** What the backup says of itself. Throws one sentence where that is missing, cut or changed. */
export async function readManifest(place: Place, name: string): Promise<Manifest> {
  const damaged = (how: string, cause?: unknown) =>
    new Error(`The backup ${name} is damaged: its manifest ${how}.`, { cause })
  const [text, sum] = await Promise.all(
    [MANIFEST, 'manifest.sha256'].map(async (part) => buffer(await place.open(keyIn(name, part)))),
  ).catch((cause: unknown) => {
    if (isStoreAway(cause)) throw cause
    throw damaged('cannot be read', cause)
  })
  if (!text || sum?.toString('utf8', 0, 64) !== hashOf(text)) throw damaged('does not match its SHA-256')
  const said: unknown = JSON.parse(text.toString('utf8'))
  const { format }: { format?: unknown } = Object(said)
  const parsed = manifest.safeParse(said)
  if (parsed.success) return parsed.data
  if (!(Number(format) <= FORMAT))
    throw new Error(`The backup ${name} was made by a newer version: update the program.`)
  throw damaged('is not one', parsed.error)
}

/** The files of the backup's tables that are not as the manifest says. */
export async function damagedTables(place: Place, made: Manifest): Promise<string[]> {
  const damaged: string[] = []
  for (const { file, sha256 } of filesOf(made)) {
    const hash = createHash('sha256')
    try {
      for await (const piece of await place.open(keyIn(made.name, file))) hash.update(piece)
    } catch (error) {
      if (isStoreAway(error)) throw error
      damaged.push(file) // missing or unreadable
      continue
    }
    if (hash.digest('hex') !== sha256) damaged.push(file)
  }
  return damaged
}

export const filesOf = ({ tables }: Pick<Manifest, 'tables'>): Part[] => tables.flatMap(({ parts }) => parts)

/** The parts of a table as the one file that they were cut from. */
export async function* openTable(place: Place, name: string, { parts }: Table): AsyncGenerator<Buffer> {
  for (const { file } of parts) yield* await place.open(keyIn(name, file))
}

/** Every file that the backup needs of the pool, from its own rows: `Blob`'s, then what is no row's. */
export async function* blobsOf(
  place: Place,
  { name, tables, files }: Pick<Manifest, 'name' | 'tables' | 'files'>,
) {
  const table = tables.find((one) => one.name === 'Blob')
  if (table) yield* rowsOf(openTable(place, name, table), table)
  for (const { sha256, sizeBytes } of files) yield { teamId: NO_TEAM, sha256, sizeBytes }
}

/** None of these columns ever holds what COPY escapes. */
async function* rowsOf(packed: AsyncIterable<Buffer>, { columns }: Table): AsyncGenerator<OwnedBlob> {
  const [team, hash, size] = ['teamId', 'sha256', 'sizeBytes'].map((name) => columns.indexOf(name))
  const plain = pipeline(packed, createGunzip(), () => undefined) // an error reaches whoever reads
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
