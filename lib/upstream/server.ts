import 'server-only'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { liveMemory } from '@/lib/platform/live-memory'
import { accountOfEnvironmentKey, sandboxAccount } from '@/lib/upstream/accounts'
import type { UnsentCode } from '@/lib/upstream/error-codes'
import { flamelService } from '@/lib/upstream/flamel/image-service'
import type { AccountFacts, ImageService } from '@/lib/upstream/image-service'
import { openKey, SERVER } from '@/lib/upstream/keys'
import type { Reply, Timeouts } from '@/lib/upstream/outcome'
import type { UpstreamAccount, UpstreamChoice, UpstreamKind } from '@/prisma/generated/client'

export { readAnswer } from '@/lib/upstream/flamel/answer'

/** Slots to use before the plan's limit is known. */
const SLOTS_BEFORE_PLAN = 2
/** How long fewer slots, learned from a refusal, are believed: another program may have used the key just then. */
const LEARNED_FOR_MS = 60_000
const SANDBOX_KEY = 'sandbox'
const REMEMBERED_MS = 10 * 60_000
/** The problem of a stored key that was encrypted with another secret of the studio's. */
export const UNREADABLE = 'key_unreadable' satisfies UnsentCode
/** The end of what waited for an account that its team no longer generates with. */
export const KEY_REMOVED = 'key_removed' satisfies UnsentCode

/** What is known of how many calls an account allows at once. */
export type Slots = Pick<UpstreamAccount, 'planSlots' | 'learnedSlots' | 'learnedAt'>

/**
 * Which account is asked where, and with what. `apiKey` stays in the memory of the server; null: it is stored and
 * cannot be read, because the studio's secret is another. `source` is where the key comes from.
 */
export type Connection = {
  accountId: string
  kind: UpstreamKind
  source: 'environment' | 'server' | 'own' | 'sandbox'
  baseUrl: string
  apiKey: string | null
}

/** What a team generates with now. Remembered while changes are surely heard, so a change holds in every process at once. */
export function connectionFor(teamId: string): Promise<Connection> {
  return remember(teamId, () => readConnection(teamId))
}

/** What the teams generate with that have chosen nothing else. */
export function serverConnection(): Promise<Connection> {
  return remember(SERVER, async () => {
    const stored = await db().upstreamKey.findUnique({ where: { scope: SERVER } })
    return serverWith(stored ?? undefined)
  })
}

/** What the call of a generation is made with; null when its team has left the account that it was made for. */
export async function connectionOf(of: { teamId: string; accountId: string }): Promise<Connection | null> {
  const connection = await connectionFor(of.teamId)
  return connection.accountId === of.accountId ? connection : null
}

/** Any connection to an account: for questions that cost nothing. Null when there is no key of it any more. */
export async function connectionTo(accountId: string): Promise<Connection | null> {
  const found = (await listConnections()).find((one) => one.accountId === accountId)
  if (found) return found
  const sandbox = await sandboxConnection()
  return sandbox.accountId === accountId ? sandbox : null
}

/** Every account that something is generated with now, once. */
export async function listConnections(): Promise<Connection[]> {
  const teams = await db().team.findMany({
    where: { deletedAt: null, upstreamChoice: { not: 'server' } },
    select: { id: true },
  })
  const all = await Promise.all([serverConnection(), ...teams.map(({ id }) => connectionFor(id))])
  return [...new Map(all.toReversed().map((one) => [one.accountId, one])).values()]
}

/** The id of the account that the team generates with now. */
export async function accountIdFor(teamId: string): Promise<string> {
  return (await connectionFor(teamId)).accountId
}

/** The account of the teams that have chosen nothing else; its row is made when it is first asked for. */
export async function serverAccountId(): Promise<string> {
  return (await serverConnection()).accountId
}

/** The image service that the team asks now. */
export async function imageServiceFor(teamId: string): Promise<ImageService> {
  return serviceOf(await connectionFor(teamId))
}

/** Throws `upstream_refused` (`key_unreadable`) where there is no key to ask with. */
export function serviceOf({ baseUrl, apiKey }: Connection): ImageService {
  if (apiKey === null) throw new AppError('upstream_refused', { detail: UNREADABLE })
  return flamelService({ baseUrl, apiKey })
}

/** Asks Flamel whose a key is that nobody uses yet. Where Flamel is, only the environment says. */
export function testKey(apiKey: string, signal: AbortSignal): Promise<Reply<AccountFacts>> {
  return flamelService({ baseUrl: env().FLAMEL_API_URL, apiKey }).getAccount({ signal })
}

type StoredRow = { scope: string; accountId: string; sealed: Uint8Array }
type Row = { choice: UpstreamChoice } & (StoredRow | { scope: null })

async function readConnection(teamId: string): Promise<Connection> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT t."upstreamChoice"::text AS choice, k.scope, k."accountId"::text, k.sealed
    FROM "Team" t LEFT JOIN "UpstreamKey" k ON k.scope IN (${SERVER}, t.id::text) WHERE t.id = ${teamId}::uuid`
  const stored = (scope: string) => rows.find((row): row is Row & StoredRow => row.scope === scope)
  const own = stored(teamId)
  switch (rows[0]?.choice) {
    case 'sandbox':
      return sandboxConnection()
    case 'own':
      return own ? storedConnection('own', own) : serverWith(stored(SERVER))
    default:
      return serverWith(stored(SERVER))
  }
}

/** The environment's key before the stored one, and the sandbox where there is neither. */
async function serverWith(stored: StoredRow | undefined): Promise<Connection> {
  const { FLAMEL_API_KEY: apiKey, FLAMEL_API_URL: baseUrl } = env()
  if (apiKey) {
    const accountId = await accountOfEnvironmentKey({ baseUrl, apiKey })
    return { accountId, kind: 'flamel', source: 'environment', baseUrl, apiKey }
  }
  return stored ? storedConnection('server', stored) : sandboxConnection()
}

function storedConnection(source: 'server' | 'own', { scope, accountId, sealed }: StoredRow): Connection {
  const apiKey = openKey(scope, sealed)
  return { accountId, kind: 'flamel', source, baseUrl: env().FLAMEL_API_URL, apiKey }
}

/** The sandbox, whatever anybody has chosen. */
export async function sandboxConnection(): Promise<Connection> {
  const baseUrl = sandboxUrl()
  const accountId = await sandboxAccount(baseUrl)
  return { accountId, kind: 'sandbox', source: 'sandbox', baseUrl, apiKey: SANDBOX_KEY }
}

/** Where the sandbox listens: beside this process, or where the configuration says that one is. */
const sandboxUrl = () => env().SANDBOX_URL ?? `http://127.0.0.1:${env().SANDBOX_PORT}`

const remember = liveMemory<Connection>('upstream.connections', {
  max: 10_000,
  ttlMs: REMEMBERED_MS,
  forgets: ({ kind }) => kind === 'upstream' || kind === 'resync',
})

/** How long a create may take: the first byte of the answer, silence inside it, everything. */
export function createTimeouts(): Partial<Timeouts> {
  const headersMs = env().FLAMEL_TIMEOUT_S * 1_000
  return { headersMs, idleMs: Math.min(30_000, headersMs), totalMs: headersMs + 60_000 }
}

/** How many calls may be under way at once: what is configured, planned and learned, whichever is least. */
export function slotsOf({ planSlots, learnedSlots, learnedAt }: Slots, now = Date.now()): number {
  const isLearned = learnedSlots !== null && learnedAt !== null && now - learnedAt.getTime() < LEARNED_FOR_MS
  const limits = [env().FLAMEL_SLOTS, planSlots, isLearned ? learnedSlots : null].filter(
    (limit) => limit != null,
  )
  return limits.length > 0 ? Math.max(1, Math.min(...limits)) : SLOTS_BEFORE_PLAN
}
