import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { getCredits } from '@/lib/credits/server'

/**
 * GET /api/users/me with the members that a client can act on: the balances of the account behind the Studio, and how
 * many calls it takes at once. The person, the mail and the card behind that account are nobody's business here.
 */
export async function answerForMe(actor: Actor): Promise<Response> {
  const { defaultCredit, dailyCredit, monthlyCredit, slots } = await getCredits(actor)
  const known = { defaultCredit, dailyCredit, monthlyCredit }
  const balances = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null))
  const body = { role: 'normal', ...balances, Plan: { simultaneousLimit: slots.total } }
  return Response.json(body, { headers: { 'cache-control': 'no-store' } })
}
