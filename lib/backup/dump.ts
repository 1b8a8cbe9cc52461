import 'server-only'
import { pipeline, type Readable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Manifest, Part, Table } from '@/lib/backup/manifest'
import type { Written } from '@/lib/backup/place'
import { Prisma } from '@/prisma/generated/client'

const NEWLINE = 10
/** What tells of backups, and of processes that run now and what was asked of them, is no part of one. */
const LEFT_OUT: string[] = ['Backup', 'Node', 'RateLimit']

/** The tables of a backup: all that the schema has. */
export const TABLES = Object.values(Prisma.ModelName).filter((name) => !LEFT_OUT.includes(name))

type Put = (file: string, content: AsyncIterable<Buffer>) => Promise<Written>
type Putting = {
  put: Put
  /** What a file has at most. An object store takes 5 GB at once, and what is on its way there lies on the disk. */
  partBytes: number
}
type Dump = Pick<Manifest, 'tables' | 'migrations' | 'sequences' | 'dataDirectory'>

/**
 * Writes every table into `tables/` as it was at one moment, while others go on writing. The locks come first and
 * keep migrations away: a table that is rewritten looks empty to whoever looked before.
 * After a failure the connection is of no more use: it may be in the middle of a table that nobody reads on.
 */
export async function dumpDatabase(
  client: pg.Client,
  { isStopping, ...putting }: Putting & { isStopping: () => boolean },
): Promise<Dump> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0')
  await client.query(`LOCK TABLE ${TABLES.map(quoted).join(', ')} IN ACCESS SHARE MODE`)
  const migrations = await readMigrations(client)
  const dataDirectory = await readDataDirectory(client)
  const tables: Table[] = []
  for (const name of TABLES) {
    if (isStopping()) throw new Error('The backup was stopped.')
    tables.push(await dumpTable(client, name, putting))
  }
  const sequences = await readSequences(client)
  await client.query('ROLLBACK') // nothing was written
  return { tables, migrations, sequences, dataDirectory }
}

async function dumpTable(client: pg.Client, name: string, putting: Putting): Promise<Table> {
  const columns = await columnsOf(client, name)
  let rows = 0
  const packed = pipeline(
    client.query(copyTo(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) TO STDOUT`)),
    async function* countRows(pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) rows += 1
        yield piece
      }
    },
    createGzip({ level: constants.Z_BEST_SPEED }),
    () => undefined, // an error reaches whoever reads
  )
  const parts = await putParts(packed, name, putting)
  return { name, columns, rows, parts }
}

/** One after the other, cut wherever one is full: only all of them together can be unpacked. */
async function putParts(packed: Readable, table: string, { put, partBytes }: Putting): Promise<Part[]> {
  const pieces: AsyncIterator<Buffer> = packed[Symbol.asyncIterator]()
  const parts: Part[] = []
  try {
    let next = await pieces.next()
    const fill = async function* () {
      for (let size = 0; !next.done && (size === 0 || size + next.value.length <= partBytes);) {
        size += next.value.length
        yield next.value
        next = await pieces.next()
      }
    }
    while (!next.done) {
      const file = `tables/${table}${parts.length > 0 ? `.${parts.length}` : ''}.copy.gz`
      parts.push({ file, ...(await put(file, fill())) })
    }
    return parts
  } finally {
    packed.destroy() // whoever could not put a part reads no further
  }
}

/** Without columns that the database computes: those cannot be written. */
async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [quoted(table)],
  )
  return rows.map(({ name }) => name)
}

async function readMigrations(client: pg.Client): Promise<Manifest['migrations']> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows
}

async function readDataDirectory(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM "DataDirectory"')
  if (!rows[0]) throw new Error('This database has no data directory yet: start the studio once.')
  return rows[0].id
}

/** Sequences belong to no moment: read last, they are past every row. */
async function readSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, coalesce(last_value, 0)::text AS value FROM pg_sequences
     WHERE schemaname = current_schema() ORDER BY 1`,
  )
  return rows
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
