import { GET as askAuth, POST as authenticate } from '@/app/api/auth/[...nextauth]/route'
import { call, cookiesFrom, ORIGIN } from '@/e2e/support/people'

type Leaving = { provider: string; cookie?: string; callbackUrl?: string; purpose?: string; query?: string }
/** A browser that is on its way: its cookies, and where the studio sent it. */
type Left = { cookie: string; url: string }

/** Presses a provider's button as the page does. */
export async function leaveFor({
  provider,
  cookie = '',
  callbackUrl = '/',
  purpose = '',
  query = '',
}: Leaving): Promise<Left> {
  const asked = await call(askAuth, '/api/auth/csrf', { cookie, params: { nextauth: ['csrf'] } })
  const { csrfToken } = await asked.json()
  const before = cookiesFrom(asked, cookie)
  const answer = await call(authenticate, `/api/auth/signin/${provider}${query}`, {
    method: 'POST',
    cookie: before,
    params: { nextauth: ['signin', provider] },
    body: { csrfToken, callbackUrl, purpose, json: 'true' },
  })
  if (answer.status !== 200) throw new Error(`${provider} answered ${answer.status}.`)
  const { url } = await answer.json()
  return { cookie: cookiesFrom(answer, before), url }
}

/** Says at the provider who one is, without a browser; the answer is the address that it sends people back to. */
export async function signInThere(from: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = from
  for (let hop = 0; hop < 10; hop += 1) {
    if (url.startsWith(`${ORIGIN}/`)) return url
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    let answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    keep(answer, jar)
    if (!answer.headers.has('location')) {
      if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
      const sent = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const body = new URLSearchParams(login ? { login } : { cancel: 'yes' })
      answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie: sent }, body })
      keep(answer, jar)
    }
    url = new URL(answer.headers.get('location') ?? '', url).href
  }
  throw new Error('The provider never sent anybody back.')
}

function keep(answer: Response, jar: Map<string, string>): void {
  for (const cookie of answer.headers.getSetCookie()) {
    const [name = '', ...value] = (cookie.split(';')[0] ?? '').split('=')
    jar.set(name, value.join('='))
  }
}

/** Comes back to the studio with what the provider said. */
export async function comeBack(back: string, cookie: string) {
  const { pathname, search } = new URL(back)
  const answer = await call(askAuth, `${pathname}${search}`, {
    cookie,
    params: { nextauth: pathname.split('/').slice(3) },
  })
  const location = answer.headers.get('location') ?? ''
  const [path] = location.startsWith(ORIGIN) ? [location.slice(ORIGIN.length)] : [location]
  return { answer, path, cookie: cookiesFrom(answer, cookie) }
}

/** The whole way there and back. */
export async function goThrough(leaving: Leaving & { login: string }) {
  const left = await leaveFor(leaving)
  return comeBack(await signInThere(left.url, leaving.login), left.cookie)
}

export const hasSession = (answer: Response): boolean =>
  answer.headers
    .getSetCookie()
    .some((cookie) => /^next-auth\.session-token=[^;]/.test(cookie) && !/Max-Age=0/.test(cookie))
