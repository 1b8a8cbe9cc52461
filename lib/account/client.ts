import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import type { AccountLinkInput, PasswordResetInput } from '@/lib/account/schema'
import { api, ApiError } from '@/lib/platform/api-client'

const YEAR_S = 365 * 86_400

export type SignInOutcome =
  | { state: 'signed_in' }
  | { state: 'second_factor' }
  | { state: 'expired' }
  | { state: 'single_sign_on_required' }
  | { state: 'wrong' }
  | { state: 'wait'; seconds: number }

/** Signs in through next-auth's own addresses. Throws `ApiError` (`offline`, `internal`) when there is no answer. */
export const signIn = (given: { email: string; password: string }) => signInBy('credentials', given)

/** The same with the token of a link that came by mail. `wrong`: it was used, is too old, or never was one. */
export const signInByLink = (token: string) => signInBy('mail-link', { token })

/** The second half: the code of an app, or a recovery code. */
export const signInWithCode = (code: string) => signInBy('second-factor', { code })

/** Signs in with a passkey alone; `canceled` when the browser used none. */
export async function signInWithPasskey(): Promise<SignInOutcome | { state: 'canceled' }> {
  const response = await answerWithPasskey('/api/v1/sign-in/passkey-challenge')
  return response ? signInBy('passkey', { response: JSON.stringify(response) }) : { state: 'canceled' }
}

/** Lets a passkey answer the challenge of that address; null when the person, or the browser, used none. */
export async function answerWithPasskey(challengePath: string) {
  const optionsJSON = await api.post<PublicKeyCredentialRequestOptionsJSON>(challengePath)
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return startAuthentication({ optionsJSON }).catch(() => null) // browsers do not tell why, lest a page learns who has which
}

async function signInBy(provider: string, given: Record<string, string>): Promise<SignInOutcome> {
  const response = await post(`/api/auth/callback/${provider}`, given)
  if (response.status === 429)
    return { state: 'wait', seconds: Number(response.headers.get('retry-after') ?? 5) }
  if (response.status === 401) return { state: stateOf(await response.json().catch(() => ({}))) }
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})))
  return { state: 'signed_in' }
}

function stateOf({ code }: { code?: string }): Exclude<SignInOutcome['state'], 'signed_in' | 'wait'> {
  if (code === 'second_factor_required') return 'second_factor'
  if (code === 'single_sign_on_required') return code
  return code === 'sign_in_expired' ? 'expired' : 'wrong'
}

/** Ends this session on the server and leaves for the sign-in page. */
export async function signOut(): Promise<void> {
  await post('/api/auth/signout', {})
  enter('/sign-in')
}

/** Asks for a mail with a link. The answer is the same whether or not anybody has that address. */
export const requestAccountLink = (input: AccountLinkInput) => api.post('/api/v1/account-links', input)

/** Sets a new password with the token of a reset link; everybody who was signed in as this person is signed out. */
export const resetPassword = (input: PasswordResetInput) => api.post('/api/v1/password-resets', input)

/** Takes the new address whose link was opened: `signIn` goes by it from now on. */
export const confirmEmail = (token: string) => api.post('/api/v1/email-confirmations', { token })

/** Loads a page anew: who is signed in, the language and the theme belong to the whole document. */
export function enter(path: string): void {
  window.location.assign(path)
}

/** Keeps a choice of this browser (language, theme, size of the feed) where the server reads it before the first byte of HTML. */
export function rememberChoice(
  name: 'studio-locale' | 'studio-theme' | 'studio-feed-size',
  value: string,
): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax${secure}`
}

/** Sends a form to one of next-auth's own addresses. Throws `ApiError` (status 0) when there is no answer. */
export async function post(path: string, fields: Record<string, string>): Promise<Response> {
  try {
    const { csrfToken }: { csrfToken: string } = await (await fetch('/api/auth/csrf')).json()
    const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
    return await fetch(path, { method: 'POST', body })
  } catch {
    throw new ApiError(0, { code: navigator.onLine ? 'unavailable' : 'offline' })
  }
}
