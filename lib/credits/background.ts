import 'server-only'
import { recordBalances } from '@/lib/credits/server'
import { db } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { currentAccountId, imageService } from '@/lib/upstream/server'

/** Asks upstream who we are: balances, slots and whether the key works. Never throws; a failed question changes nothing. */
export async function refreshAccount(signal?: AbortSignal): Promise<void> {
  const accountId = await currentAccountId()
  const sentAt = new Date()
  const answer = await imageService().getAccount({ signal })
  if (answer.kind === 'refused') {
    await db().upstreamAccount.update({
      where: { id: accountId },
      data: { keyProblem: answer.code, checkedAt: sentAt },
    })
  }
  if (answer.kind !== 'ok') {
    log.info('upstream.check', answer)
    return
  }
  const { defaultCredit, dailyCredit, monthlyCredit, simultaneousLimit, renewsAt } = answer.value
  await db().$transaction(async (tx) => {
    await tx.upstreamAccount.update({
      where: { id: accountId },
      data: {
        keyProblem: null,
        checkedAt: sentAt,
        renewsAt: renewsAt ?? null,
        ...(simultaneousLimit && { planSlots: simultaneousLimit }),
      },
    })
    if (defaultCredit === undefined || dailyCredit === undefined || monthlyCredit === undefined) return
    const balances = { defaultCredit, dailyCredit, monthlyCredit }
    await publish(tx, await recordBalances(tx, { accountId, ...balances, sentAt, receivedAt: new Date() }))
  })
}

type Ended = { id: string; teamId: string; accountId: string; sentAt: Date }

/**
 * After an end that nobody knows: keeps what the balances fell by since the call began, where no other call overlapped.
 * It helps a person to settle it and decides nothing. Never throws.
 */
export async function noteFall({ id, teamId, accountId, sentAt }: Ended, signal: AbortSignal): Promise<void> {
  try {
    const answer = await imageService().getAccount({ signal })
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
