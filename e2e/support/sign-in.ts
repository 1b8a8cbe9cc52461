import { OWNER } from '@/e2e/support/owner'

/** Signs in as a browser does (next-auth's own addresses, CSRF token, cookies); the answer is a cookie header. */
export async function signInAt(url: string, { email, password } = OWNER): Promise<string> {
  const form = await fetch(`${url}/api/auth/csrf`)
  const { csrfToken }: { csrfToken: string } = await form.json()
  const before = cookiesOf(form)
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: before.join('; '), origin: url },
    body: new URLSearchParams({ csrfToken, email, password, json: 'true' }),
  })
  const session = cookiesOf(answer)
  if (!session.some((cookie) => cookie.includes('session-token=')))
    throw new Error(`${email} could not sign in: ${answer.status} ${await answer.text()}`)
  return [...before, ...session].join('; ')
}

const cookiesOf = (response: Response) =>
  response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
