import 'server-only'
import type { AuthOptions } from 'next-auth'
import { safeNext, secondStepPath } from '@/lib/access/next-path'
import { findSession, type SignedIn } from '@/lib/access/session'
import { isProviderId, type Identity } from '@/lib/account/identity'
import { identityFrom } from '@/lib/account/profiles'
import { isConfigured } from '@/lib/account/providers'
import { pendingCookie } from '@/lib/account/pending-sign-in'
import { afterFirstFactor, type SignedInNow } from '@/lib/account/sign-in'
import { identityCookie, intentCookie, type SignInIntent } from '@/lib/account/sign-in-intent'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'

/** What becomes of somebody whom a provider saw; `path` is where their browser goes. */
export type Admission =
  | { state: 'admitted'; userId: string; path: string }
  /** Nobody is signed in by it. `isKept`: the next page goes on with this identity. */
  | { state: 'sent'; path: string; isKept: boolean }

/** Decides over an identity: the domain that knows accounts, teams and invitations does. */
export type Admit = (
  identity: Identity,
  intent: { linksTo: SignedIn | null; next: string },
) => Promise<Admission>

/** What the way through a provider adds to the answer of one request. */
export type SingleSignOn = { signedIn?: SignedInNow; path?: string; cookies: string[] }

const DID_NOT_FINISH = '/sign-in?error=OAuthCallback'

type OAuthSignIn = Parameters<NonNullable<NonNullable<AuthOptions['callbacks']>['signIn']>>[0]

type Seen = Pick<OAuthSignIn, 'account' | 'profile'>
type Deciding = { admit: Admit; found: SingleSignOn }

/**
 * next-auth's `signIn` for a provider: true with a Session row made, or the path to go to without one. A fault of ours is
 * logged and leads to the form, too: next-auth would write its message into the address.
 */
export async function answerProvider(
  seen: Seen,
  headers: Headers,
  deciding: Deciding,
): Promise<true | string> {
  try {
    return await decide(seen, headers, deciding)
  } catch (error) {
    if (isDatabaseGone(error)) throw error
    log.error('sign-in.provider_unanswered', { provider: seen.account?.provider, error })
    return (deciding.found.path = DID_NOT_FINISH)
  }
}

async function decide(
  { account, profile }: Seen,
  headers: Headers,
  { admit, found }: Deciding,
): Promise<true | string> {
  const intent = intentCookie.read(headers)
  found.cookies.push(intentCookie.drop(headers))
  if (!intent || intent.provider !== account?.provider) return DID_NOT_FINISH
  const identity = read(intent, profile)
  if (!identity) return DID_NOT_FINISH
  const { next } = intent
  const linksTo = intent.linksTo ? await findSession(headers) : null
  if (intent.linksTo && linksTo?.sessionId !== intent.linksTo) return DID_NOT_FINISH
  const admission = await admit(identity, { linksTo, next })
  found.path = admission.path
  if (admission.state === 'sent') {
    if (admission.isKept) found.cookies.push(identityCookie.keep(headers, identity))
    return admission.path
  }
  found.cookies.push(identityCookie.drop(headers))
  return enter(admission, headers, found)
}

/** A second factor of theirs is asked for here as after a password: the provider does not say what it asked. */
async function enter(
  { userId, path }: Extract<Admission, { state: 'admitted' }>,
  headers: Headers,
  found: SingleSignOn,
): Promise<true | string> {
  const result = await afterFirstFactor(userId, { headers, provenBy: 'single_sign_on' })
  if (result.state === 'signed_in') {
    found.signedIn = result
    return true
  }
  found.path = result.state === 'second_factor' ? secondStepPath(path) : DID_NOT_FINISH
  if (result.state === 'second_factor') found.cookies.push(pendingCookie(headers, result.token))
  return found.path
}

function read({ provider }: SignInIntent, profile: unknown): Identity | null {
  try {
    return identityFrom(provider, profile)
  } catch (error) {
    log.warn('sign-in.profile_unreadable', { provider, error })
    return null
  }
}

/**
 * Keeps what the person wants before they leave for the provider. `fields` is the form that they sent. Throws
 * `not_found`, `unauthenticated`.
 */
export async function beginIntent(
  provider: string | undefined,
  fields: URLSearchParams,
  headers: Headers,
): Promise<string> {
  if (!isProviderId(provider) || !isConfigured(provider)) throw new AppError('not_found')
  const next = safeNext(fields.get('callbackUrl'))
  const session = fields.get('purpose') === 'link' ? await findSession(headers) : null
  if (fields.get('purpose') === 'link' && !session) throw new AppError('unauthenticated')
  return intentCookie.keep(headers, { provider, linksTo: session?.sessionId ?? null, next })
}
