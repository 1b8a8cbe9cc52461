import fs from 'node:fs/promises'
import { getBackupStatus } from '@/lib/backup/status'
import { isOwnDirectory } from '@/lib/platform/data-directory'
import { db, demandUtc } from '@/lib/platform/db'
import { roomUnder } from '@/lib/platform/disk-room'
import { env } from '@/lib/platform/env'
import { startListening, stopListening } from '@/lib/platform/events'
import { findDisagreement } from '@/lib/platform/nodes'
import { blobStore, objectStore } from '@/lib/platform/storage'
import { findStoreProblem } from '@/lib/platform/store-check'
import { listNodes } from '@/lib/system/nodes'
import { listConnections, type Connection } from '@/lib/upstream/server'
import { spoolDir } from '@/lib/upstream/spool'

type Finding = { isFine: boolean; words: string }

const LOW_SPACE_BYTES = 2 * 1024 ** 3

/** Looks at everything that commonly goes wrong, prints a line for each, and tells whether all is well. */
export async function examine(): Promise<boolean> {
  const looks = [
    database,
    timeZone,
    announcements,
    nodes,
    dataDirectory,
    store,
    space,
    upstreamAccounts,
    generations,
    spools,
    blobs,
    backups,
  ]
  let isWell = true
  for (const look of looks) {
    const { isFine, words } = await look().catch((error: unknown) => ({
      isFine: false,
      words: error instanceof Error ? error.message : String(error),
    }))
    console.log(`${isFine ? 'ok   ' : 'WRONG'}  ${words}`)
    isWell &&= isFine
  }
  return isWell
}

async function database(): Promise<Finding> {
  const [row] = await db().$queryRaw<{ version: string; size: string; migrations: bigint }[]>`
    SELECT current_setting('server_version') AS version, pg_size_pretty(pg_database_size(current_database())) AS size,
      (SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS migrations`
  return { isFine: true, words: `PostgreSQL ${row?.version}, ${row?.size}, ${row?.migrations} migrations` }
}

async function timeZone(): Promise<Finding> {
  await demandUtc()
  return { isFine: true, words: 'sessions of the database are in UTC' }
}

async function announcements(): Promise<Finding> {
  try {
    await startListening('doctor')
  } finally {
    await stopListening()
  }
  return { isFine: true, words: 'what the database announces (LISTEN/NOTIFY) arrives' }
}

/** Who runs, and whether this shell is configured as they are. */
async function nodes(): Promise<Finding> {
  const problem = await findDisagreement()
  if (problem) return { isFine: false, words: `this machine and another differ: ${problem}` }
  const all = (await listNodes()).map(({ name, role, version, state, underWay, eventDelayMs, seenAt }) =>
    state === 'gone'
      ? `${name} (${role}) is gone since ${seenAt}`
      : `${name} (${role}, ${version}${state === 'draining' ? ', stopping' : ''}, ${underWay} under way, hears after ${eventDelayMs} ms)`,
  )
  return { isFine: true, words: all.length > 0 ? `processes: ${all.join('; ')}` : 'no process runs' }
}

async function dataDirectory(): Promise<Finding> {
  const { mode } = await fs.stat(env().dataDir)
  if (!(await isOwnDirectory())) {
    const words = `${env().dataDir} is not the data directory of this database: set STUDIO_DATA_DIR to its own`
    return { isFine: false, words }
  }
  const isClosed = (mode & 0o066) === 0
  const advice = isClosed ? 'closed to other users' : `open to other users: chmod go-rw ${env().dataDir}`
  return { isFine: isClosed, words: `data in ${env().dataDir}, ${advice}` }
}

/** Where images are kept. */
async function store(): Promise<Finding> {
  const problem = await findStoreProblem()
  const address = objectStore()?.address
  const words = address
    ? `images in ${address}, which can be read and written`
    : 'images in the data directory'
  return { isFine: problem === null, words: problem ?? words }
}

async function space(): Promise<Finding> {
  const free = await roomUnder(spoolDir())
  if (free === 0)
    return {
      isFine: false,
      words: `${spoolDir()} takes nothing: make room, or let the studio's user write there`,
    }
  const words = `${(free / 1024 ** 3).toFixed(1)} GB free for ${objectStore() ? 'answers under way and copies' : 'images'}`
  return { isFine: free > LOW_SPACE_BYTES, words: free > LOW_SPACE_BYTES ? words : `${words}: make room` }
}

/** Every account that something is generated with: the first that does not work, or what there is. */
async function upstreamAccounts(): Promise<Finding> {
  const connections = await listConnections()
  const accounts = await db().upstreamAccount.findMany({
    where: { id: { in: connections.map(({ accountId }) => accountId) } },
    select: { id: true, keyProblem: true },
  })
  const problems = connections.flatMap((connection) => {
    const problem = accounts.find(({ id }) => id === connection.accountId)?.keyProblem
    return problemOf(connection, problem ?? null) ?? []
  })
  const words = connections.map(({ kind, baseUrl, source }) =>
    kind === 'sandbox' ? 'the sandbox' : `${baseUrl} (key from ${KEY_FROM[source]})`,
  )
  return problems.length > 0
    ? { isFine: false, words: problems.join('; ') }
    : { isFine: true, words: `upstream is ${words.join(' and ')}` }
}

const KEY_FROM = {
  environment: 'FLAMEL_API_KEY',
  server: 'the settings',
  own: 'a team’s settings',
  sandbox: 'nowhere',
}
const REPLACE_KEY = 'an owner replaces it under Settings → Flamel API key'

function problemOf({ apiKey, kind, source }: Connection, keyProblem: string | null): string | null {
  if (apiKey === null)
    return `a key from the settings cannot be read: STUDIO_SECRET is not the one that it was encrypted with; set that again, or ${REPLACE_KEY}`
  if (kind === 'sandbox' || keyProblem === null) return null
  const isOutside = source === 'environment'
  return `Flamel refused the key (${keyProblem}): ${isOutside ? 'check FLAMEL_API_KEY' : REPLACE_KEY}`
}

async function generations(): Promise<Finding> {
  const unknown = await db().generation.count({ where: { status: 'unknown' } })
  const stale = await db().generation.count({
    where: { status: 'sending', leaseExpiresAt: { lt: new Date() } },
  })
  const words = `${unknown} generations wait for a person to settle them, ${stale} lost their process`
  return {
    isFine: stale === 0,
    words: stale === 0 ? words : `${words}: start the studio, which settles those`,
  }
}

async function spools(): Promise<Finding> {
  const names = await fs.readdir(spoolDir()).catch(() => [])
  return { isFine: true, words: `${names.length} answers in the spool` }
}

/** Images whose file is gone: at most the newest thousand are looked at. */
async function blobs(): Promise<Finding> {
  const rows = await db().blob.findMany({ orderBy: { createdAt: 'desc' }, take: 1_000 })
  const isThere = await Promise.all(
    rows.map(({ teamId, sha256, sizeBytes }) =>
      blobStore()
        .stat({ teamId, sha256 })
        .then((found) => found?.sizeBytes === sizeBytes),
    ),
  )
  const missing = isThere.filter((found) => !found).length
  const words = `${rows.length} of the newest files looked at, ${missing} missing or cut`
  const advice = objectStore()
    ? 'if they are on the disk still, `npm run -s studio -- storage move --to s3` brings them; else restore the bucket'
    : 'restore STUDIO_DATA_DIR from a backup'
  return { isFine: missing === 0, words: missing === 0 ? words : `${words}: ${advice}` }
}

async function backups(): Promise<Finding> {
  const { state, last, problem } = await getBackupStatus()
  const when = last ? `the last backup is of ${last.at}` : 'there is no backup yet'
  if (state === 'off') return { isFine: true, words: 'no nightly backups: set BACKUP_DIR to have them' }
  const words = problem ? `${when}; the last attempt failed: ${problem.sentence}` : when
  return { isFine: state !== 'late', words: state === 'late' ? `${words}: look after BACKUP_DIR` : words }
}
