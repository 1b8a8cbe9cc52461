import 'server-only'
import type { Tx } from '@/lib/platform/db'

/** Refusals that say that the key itself does not work: shown to whoever can replace it. */
const KEY_PROBLEMS = ['wrong_api_key', 'api_key_expired', 'not_logged_in', 'failed_billing']

type Refused = { code: string; status: number; sentAt: Date; receivedAt: Date }

/**
 * Writes down that upstream refuses the key of an account, where this refusal says so: a call's or a question's. What
 * was sent before upstream last answered says nothing of the key that may have been put in its place since.
 */
export async function recordKeyProblem(
  tx: Tx,
  accountId: string,
  { code, status, sentAt, receivedAt }: Refused,
): Promise<void> {
  // RFC 9110, section 15.5.2: a 401 is about the credentials, whatever its body says
  if (!KEY_PROBLEMS.includes(code) && status !== 401) return
  const isLatest = { OR: [{ checkedAt: null }, { checkedAt: { lt: sentAt } }] }
  const data = { keyProblem: code, checkedAt: receivedAt }
  await tx.upstreamAccount.updateMany({ where: { id: accountId, ...isLatest }, data })
}
