import 'server-only'
import { recordKeyProblem } from '@/lib/credits/key-problem'
import { recordBalances } from '@/lib/credits/server'
import { db, type Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import type { AccountFacts } from '@/lib/upstream/image-service'
import { listConnections, serviceOf, type Connection } from '@/lib/upstream/server'

/** Asks about every account that something is generated with now. */
export async function refreshAccounts(signal: AbortSignal): Promise<void> {
  for (const connection of await listConnections()) await refreshAccount(connection, signal)
}

/** Asks upstream who we are: balances, slots and whether the key works. A failed question changes nothing. */
export async function refreshAccount(connection: Connection, signal?: AbortSignal): Promise<void> {
  if (connection.apiKey === null) return
  const { accountId } = connection
  const sentAt = new Date()
  const answer = await serviceOf(connection).getAccount({ signal })
  if (answer.kind === 'refused') {
    const refused = { ...answer, sentAt, receivedAt: new Date() }
    await db().$transaction((tx) => recordKeyProblem(tx, accountId, refused))
  }
  if (answer.kind !== 'ok') {
    log.info('upstream.check', answer)
    return
  }
  await db().$transaction((tx) => recordFacts(tx, { accountId, facts: answer.value, sentAt }))
}

/** Keeps what upstream said of the account to a key that works. */
export async function recordFacts(
  tx: Tx,
  { accountId, facts, sentAt }: { accountId: string; facts: AccountFacts; sentAt: Date },
): Promise<void> {
  const { userId, defaultCredit, dailyCredit, monthlyCredit, simultaneousLimit, renewsAt } = facts
  const receivedAt = new Date()
  await tx.upstreamAccount.update({
    where: { id: accountId },
    data: {
      keyProblem: null,
      checkedAt: receivedAt,
      renewsAt: renewsAt ?? null,
      upstreamUserId: userId,
      ...(simultaneousLimit && { planSlots: simultaneousLimit }),
    },
  })
  if (defaultCredit === undefined || dailyCredit === undefined || monthlyCredit === undefined) return
  const balances = { defaultCredit, dailyCredit, monthlyCredit }
  await publish(tx, await recordBalances(tx, { accountId, ...balances, sentAt, receivedAt }))
}

type Ended = { id: string; teamId: string; accountId: string; sentAt: Date }

/**
 * After an end that nobody knows: keeps what the balances fell by since the call began, where no other call overlapped.
 * It helps a person to settle it and decides nothing. Never throws.
 */
export async function noteFall(
  { id, teamId, accountId, sentAt }: Ended,
  { connection, signal }: { connection: Connection; signal: AbortSignal },
): Promise<void> {
  try {
    const answer = await serviceOf(connection).getAccount({ signal })
    if (answer.kind !== 'ok') return
    const { defaultCredit, dailyCredit, monthlyCredit } = answer.value
    if (defaultCredit === undefined || dailyCredit === undefined || monthlyCredit === undefined) return
    const balances = { defaultCredit, dailyCredit, monthlyCredit }
    await db().$transaction(async (tx) => {
      const seen = { accountId, generationId: id, ...balances, sentAt, receivedAt: new Date() }
      await publish(tx, await recordBalances(tx, seen), { team: teamId, kind: 'generation', id })
    })
  } catch (error) {
    log.info('credits.fall_unknown', { id, error })
  }
}
