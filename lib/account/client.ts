import { ApiError } from '@/lib/platform/api-client'

const YEAR_S = 365 * 86_400

export type SignInOutcome = { state: 'signed_in' } | { state: 'wrong' } | { state: 'wait'; seconds: number }

/** Signs in through next-auth's own addresses. Throws `ApiError` (`offline`, `internal`) when there is no answer. */
export async function signIn(given: { email: string; password: string }): Promise<SignInOutcome> {
  const response = await post('/api/auth/callback/credentials', given)
  if (response.status === 429)
    return { state: 'wait', seconds: Number(response.headers.get('retry-after') ?? 5) }
  if (response.status === 401) return { state: 'wrong' }
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})))
  return { state: 'signed_in' }
}

/** Ends this session on the server and leaves for the sign-in page. */
export async function signOut(): Promise<void> {
  await post('/api/auth/signout', {})
  enter('/sign-in')
}

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

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  try {
    const { csrfToken }: { csrfToken: string } = await (await fetch('/api/auth/csrf')).json()
    const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
    return await fetch(path, { method: 'POST', body })
  } catch {
    throw new ApiError(0, { code: 'offline' })
  }
}
