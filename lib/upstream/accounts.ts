import 'server-only'
import { createHash } from 'node:crypto'
import { db, type Tx } from '@/lib/platform/db'
import { shared } from '@/lib/platform/shared'
import { getMe } from '@/lib/upstream/flamel/account'
import type { Upstream } from '@/lib/upstream/outcome'
import type { UpstreamKind } from '@/prisma/generated/client'

const ACCOUNTS_LOCK = 4_310_071
const SANDBOX_FINGERPRINT = 'sandbox'
/** A start waits no longer to learn whose an unknown key is. */
const ASK_MS = 3_000

type Named = Upstream & { userId?: string }

/** Says which key of which upstream it is, and nothing of the key. */
function fingerprintOf({ baseUrl, apiKey }: Upstream): string {
  return createHash('sha256').update(`${baseUrl}\n${apiKey}`).digest('hex').slice(0, 16)
}

/**
 * The account that a key belongs to; its row is made when it is first seen. Another key of the same Flamel user is the
 * same account: its styles, references, images and slots go on.
 */
export async function accountOfKey(tx: Tx, { userId, ...upstream }: Named): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ACCOUNTS_LOCK})`
  const keyFingerprint = fingerprintOf(upstream)
  const { baseUrl } = upstream
  const byKey = await tx.upstreamAccount.findFirst({
    where: { kind: 'flamel', keyFingerprint },
    select: { id: true },
  })
  const byUser =
    userId !== undefined &&
    (await tx.upstreamAccount.findFirst({
      where: { kind: 'flamel', baseUrl, upstreamUserId: userId },
      orderBy: { createdAt: 'asc' },
      select: { id: true },
    }))
  const known = byKey ?? byUser
  const data = { kind: 'flamel', baseUrl, keyFingerprint, upstreamUserId: userId } as const
  const { id } = known
    ? await tx.upstreamAccount.update({ where: known, data, select: { id: true } })
    : await tx.upstreamAccount.create({ data, select: { id: true } })
  return id
}

/** The same for the key of the environment: whose it is, is asked once, where it was never seen. */
export function accountOfEnvironmentKey(upstream: Upstream): Promise<string> {
  return once(fingerprintOf(upstream), async () => {
    const where = { kind: 'flamel', keyFingerprint: fingerprintOf(upstream) } as const
    const known = await db().upstreamAccount.findFirst({ where, select: { id: true } })
    if (known) return known.id
    const reply = await getMe(upstream, { signal: AbortSignal.timeout(ASK_MS) })
    const userId = reply.kind === 'ok' ? reply.value.userId : undefined
    return db().$transaction((tx) => accountOfKey(tx, { ...upstream, userId }))
  })
}

export function sandboxAccount(baseUrl: string): Promise<string> {
  return once(SANDBOX_FINGERPRINT, async () => {
    const keyFingerprint = SANDBOX_FINGERPRINT
    const { id } = await db().upstreamAccount.upsert({
      where: { kind_keyFingerprint: { kind: 'sandbox', keyFingerprint } },
      create: { kind: 'sandbox', keyFingerprint, baseUrl },
      update: { baseUrl },
      select: { id: true },
    })
    return id
  })
}

/** What an account is never changes. */
export async function kindOfAccount(id: string): Promise<UpstreamKind> {
  const known = shared('upstream.kinds', () => new Map<string, UpstreamKind>())
  const kind =
    known.get(id) ??
    (await db().upstreamAccount.findUniqueOrThrow({ where: { id }, select: { kind: true } })).kind
  known.set(id, kind)
  return kind
}

function once(fingerprint: string, find: () => Promise<string>): Promise<string> {
  const known = shared('upstream.accounts', () => new Map<string, Promise<string>>())
  const found = known.get(fingerprint)
  if (found) return found
  const finding = find()
  known.set(fingerprint, finding)
  finding.catch(() => known.delete(fingerprint))
  return finding
}
