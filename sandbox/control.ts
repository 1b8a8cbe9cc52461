import { z } from 'zod'
import type { Answer, Context, Exchange } from '@/sandbox/context'
import { FAULTS, MODIFIERS } from '@/sandbox/directives'
import { parseJson, readBody } from '@/sandbox/http'
import { envelope, SANDBOX_REFUSALS } from '@/sandbox/refusals'
import { switches, switchesChange } from '@/sandbox/store'

const credit = z.number().min(0).max(1e9).optional()
const change = switchesChange.extend({
  credits: z.object({ defaultCredit: credit, dailyCredit: credit, monthlyCredit: credit }).optional(),
})

/** The sandbox's own controls: only from this machine, never across origins. */
export async function control(context: Context, exchange: Exchange): Promise<Answer | undefined> {
  const { request, url } = exchange
  const isOurs = url.pathname === '/sandbox/state' || url.pathname === '/sandbox/switches'
  if (!isOurs) return undefined
  if (!isLoopback(exchange)) return envelope(403, 'loopback_only')
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /sandbox/state':
      return { status: 200, body: readState(context) }
    case 'POST /sandbox/switches':
      return setSwitches(context, exchange)
    case 'DELETE /sandbox/switches':
      context.store.switches = switches.parse({})
      return { status: 200, body: readState(context) }
    case 'DELETE /sandbox/state':
      context.ledger.forget()
      context.slots.highest = context.slots.inFlight
      return { status: 200, body: readState(context) }
    default:
      return envelope(405, 'method_not_allowed')
  }
}

function readState({ store, ledger, slots, settings }: Context) {
  const { defaultCredit, dailyCredit, monthlyCredit } = store.credits()
  return {
    credits: { defaultCredit, dailyCredit, monthlyCredit },
    switches: store.switches,
    slots: { limit: store.switches.slots ?? settings.slots, ...slots },
    provocations: { refusals: SANDBOX_REFUSALS, faults: FAULTS, modifiers: MODIFIERS },
    calls: ledger.entries(),
  }
}

async function setSwitches(context: Context, { request }: Exchange): Promise<Answer> {
  const body = await readBody(request, 64 << 10)
  const parsed = change.safeParse(body && parseJson(body))
  if (!parsed.success)
    return envelope(400, `validation_failed (${parsed.error.issues[0]?.path.join('.') || 'body'})`)
  const { credits, ...changed } = parsed.data
  context.store.switches = switches.parse({ ...context.store.switches, ...changed })
  if (credits) context.store.setCredits(JSON.parse(JSON.stringify(credits)))
  return { status: 200, body: readState(context) }
}

/** The peer is this machine, and no page of another origin sent it (`Host` guards against rebinding, `Origin` against forms). */
function isLoopback({ request }: Exchange): boolean {
  const address = request.socket.remoteAddress ?? ''
  const host = (request.headers.host ?? '').replace(/:\d+$/, '')
  const isLocalHost = ['localhost', '127.0.0.1', '[::1]'].includes(host)
  return /^(::ffff:)?127\.|^::1$/.test(address) && isLocalHost && !request.headers.origin
}
