import { OWNER, SECOND_OWNER } from '@/e2e/support/owner'
import { signInAt } from '@/e2e/support/sign-in'

/** Makes the second owner at a studio that has just started: invited into a team by the owner, who then hands it over. */
export async function addSecondOwner(url: string, name = 'Second studio'): Promise<void> {
  const cookie = await signInAt(url, OWNER)
  const call = callerAt(url, cookie)
  const { items } = await call('GET', '/api/v1/teams')
  const team = await call('POST', '/api/v1/teams', { name })
  const at = { 'x-studio-team': team.slug }
  const { path } = await call('POST', '/api/v1/invitations', { role: 'admin' }, at)
  const account = { ...SECOND_OWNER, name: 'Doyun Park' }
  await call(
    'POST',
    '/api/v1/invitations/acceptance',
    { token: path.split('/').at(-1), account },
    { cookie: '' },
  )
  const me = await callerAt(url, await signInAt(url, SECOND_OWNER))('GET', '/api/v1/me')
  await call('POST', `/api/v1/teams/${team.id}/transfer`, { userId: me.id }, at)
  // the owner lands in their first team again
  await fetch(`${url}/t/${items[0].slug}/links`, { headers: { cookie } })
}

const callerAt =
  (url: string, cookie: string) =>
  async (method: string, path: string, data?: object, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      body: data && JSON.stringify(data),
      headers: { cookie, origin: url, 'content-type': 'application/json', ...headers },
    })
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.status === 204 ? {} : answer.json()
  }
