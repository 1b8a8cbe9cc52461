import 'server-only'
import { credentialOf, type Actor } from '@/lib/access/actor'
import { authenticateKey } from '@/lib/access/api-key'
import { limitRate } from '@/lib/access/rate-limit'
import type { Scope } from '@/lib/access/roles'
import { optionalActor } from '@/lib/access/server'
import { refuseAs } from '@/lib/drop-in/envelope'
import { isAppError, type ErrorCode } from '@/lib/platform/errors'

const REFUSED: ErrorCode[] = ['origin_mismatch', 'second_factor_required']

/** Who asks on Flamel's paths: a Studio API key in `X-Api-Key`, or a signed-in page. Else the refusal in Flamel's words. Throws `too_many_requests`. */
export async function dropInActor(request: Request, scope: Scope): Promise<Actor | Response> {
  const found = await authenticate(request)
  if (found instanceof Response) return found
  await limitRate(credentialOf(found))
  return found.scopes.includes(scope) ? found : refuseAs(403, 'not_logged_in')
}

async function authenticate(request: Request): Promise<Actor | Response> {
  const secret = request.headers.get('x-api-key')
  if (secret === null) return (await sessionActor(request)) ?? refuseAs(401, 'wrong_api_key')
  const presented = await authenticateKey(secret)
  if (presented.state === 'ok') return presented.actor
  return refuseAs(401, presented.state === 'expired' ? 'api_key_expired' : 'wrong_api_key')
}

async function sessionActor(request: Request): Promise<Actor | Response | null> {
  try {
    return await optionalActor(request)
  } catch (error) {
    if (isAppError(error) && REFUSED.includes(error.code)) return refuseAs(403, 'not_logged_in')
    throw error
  }
}
