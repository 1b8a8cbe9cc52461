import type { Studio } from '@/e2e/support/studio'

/** Who looks after a team of their own, `archive`, whose gallery a test may fill with images. */
export const ARCHIVIST = {
  name: 'Archivist',
  email: 'archivist@studio.test',
  password: 'a shelf for every season',
}

/** Opens that team, with the archivist in it; the owner's sign-in leads to the first team as before. */
export async function openArchive({ url, signIn }: Studio): Promise<void> {
  const cookie = await signIn()
  const call = async (path: string, { team, ...data }: { team?: string; [name: string]: unknown }) => {
    const headers = {
      cookie,
      origin: url,
      'content-type': 'application/json',
      ...(team && { 'x-studio-team': team }),
    }
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(data),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const teams = await fetch(`${url}/api/v1/teams`, { headers: { cookie } })
  const { items }: { items: { slug: string }[] } = await teams.json()
  const { slug }: { slug: string } = await call('/teams', { name: 'Archive' })
  const { path }: { path: string } = await call('/invitations', { team: slug, role: 'admin' })
  const headers = { origin: url, 'content-type': 'application/json' }
  const body = JSON.stringify({ token: path.split('/').at(-1), account: ARCHIVIST })
  const joined = await fetch(`${url}/api/v1/invitations/acceptance`, { method: 'POST', headers, body })
  if (!joined.ok) throw new Error(`The archivist could not join: ${joined.status} ${await joined.text()}`)
  await fetch(`${url}/t/${items[0]?.slug}/create`, { headers: { cookie } })
}
