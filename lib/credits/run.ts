import 'server-only'
import { recordBalances } from '@/lib/credits/server'
import { db } from '@/lib/db'
import { getMe } from '@/lib/flamel/account'
import { log } from '@/lib/log'
import { currentAccountId, upstream } from '@/lib/upstream/server'

/** Asks upstream who we are: balances, slots and whether the key works. Never throws; a failed question changes nothing. */
export async function refreshAccount(signal?: AbortSignal): Promise<void> {
  const accountId = await currentAccountId()
  const sentAt = new Date()
  const answer = await getMe(upstream(), { signal })
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
  const { defaultCredit, dailyCredit, monthlyCredit, simultaneousLimit } = answer.value
  await db().$transaction(async (tx) => {
    await tx.upstreamAccount.update({
      where: { id: accountId },
      data: {
        keyProblem: null,
        checkedAt: sentAt,
        ...(simultaneousLimit && { planSlots: simultaneousLimit }),
      },
    })
    if (defaultCredit === undefined || dailyCredit === undefined || monthlyCredit === undefined) return
    await recordBalances(tx, {
      accountId,
      defaultCredit,
      dailyCredit,
      monthlyCredit,
      sentAt,
      receivedAt: new Date(),
    })
  })
}
