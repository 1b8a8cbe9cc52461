import 'server-only'
import { createHash } from 'node:crypto'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { shared } from '@/lib/platform/shared'
import { flamelService } from '@/lib/upstream/flamel/image-service'
import type { ImageService } from '@/lib/upstream/image-service'
import type { Timeouts, Upstream } from '@/lib/upstream/outcome'
import type { UpstreamAccount } from '@/prisma/generated/client'

/** Slots to use before the plan's limit is known. */
const SLOTS_BEFORE_PLAN = 2
/** How long fewer slots, learned from a refusal, are believed: another program may have used the key just then. */
const LEARNED_FOR_MS = 60_000
const SANDBOX_KEY = 'sandbox'

/** What is known of how many calls an account allows at once. */
export type Slots = Pick<UpstreamAccount, 'planSlots' | 'learnedSlots' | 'learnedAt'>

/** Where this server sends, with the key that never leaves it. */
export function upstream(): Upstream & { kind: 'sandbox' | 'flamel' } {
  const { FLAMEL_API_KEY, FLAMEL_API_URL, SANDBOX_PORT } = env()
  if (!FLAMEL_API_KEY)
    return { kind: 'sandbox', baseUrl: `http://127.0.0.1:${SANDBOX_PORT}`, apiKey: SANDBOX_KEY }
  return { kind: 'flamel', baseUrl: FLAMEL_API_URL, apiKey: FLAMEL_API_KEY }
}

/** The image service that this server asks. */
export function imageService(): ImageService {
  const { kind, ...address } = upstream()
  return flamelService(address, kind)
}

/** How long a create may take: the first byte of the answer, silence inside it, everything. */
export function createTimeouts(): Partial<Timeouts> {
  const headersMs = env().FLAMEL_TIMEOUT_S * 1_000
  return { headersMs, idleMs: Math.min(30_000, headersMs), totalMs: headersMs + 60_000 }
}

/** The id of the account that this server's key belongs to; its row is made when it is first asked for. */
export function currentAccountId(): Promise<string> {
  const known = shared<{ id?: Promise<string> }>('upstream.account', () => ({}))
  known.id ??= ensureAccount().catch((error) => {
    known.id = undefined
    throw error
  })
  return known.id
}

async function ensureAccount(): Promise<string> {
  const { kind, baseUrl, apiKey } = upstream()
  const keyFingerprint =
    kind === 'sandbox'
      ? SANDBOX_KEY
      : createHash('sha256').update(`${baseUrl}\n${apiKey}`).digest('hex').slice(0, 16)
  const account = await db().upstreamAccount.upsert({
    where: { kind_keyFingerprint: { kind, keyFingerprint } },
    create: { kind, keyFingerprint, baseUrl },
    update: { baseUrl },
    select: { id: true },
  })
  return account.id
}

/** How many calls may be under way at once: what is configured, planned and learned, whichever is least. */
export function slotsOf({ planSlots, learnedSlots, learnedAt }: Slots, now = Date.now()): number {
  const isLearned = learnedSlots !== null && learnedAt !== null && now - learnedAt.getTime() < LEARNED_FOR_MS
  const limits = [env().FLAMEL_SLOTS, planSlots, isLearned ? learnedSlots : null].filter(
    (limit) => limit != null,
  )
  return limits.length > 0 ? Math.max(1, Math.min(...limits)) : SLOTS_BEFORE_PLAN
}
