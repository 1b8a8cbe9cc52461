import { expect, type APIRequestContext, type BrowserContext, type Page } from '@playwright/test'
import { OWNER } from './owner'

/** What a team has after a good week: pictures, failures, links, an invitation. Paths start at the studio's root. */
export type Seeded = {
  team: string
  image: string
  share: string
  locked: string
  gone: string
  invitation: string
}

const PROMPTS = [
  { prompt: '안개 낀 새벽 산, 소나무 한 그루', styleId: 101, ratio: '3:4', sample: 4 },
  { prompt: 'a lighthouse on a cliff, low sun, calm sea', styleId: 112, ratio: '16:9', sample: 2 },
  { prompt: '바다 위를 나는 고래, 종이 인형극처럼', styleId: 103, ratio: '4:3', sample: 4 },
  { prompt: 'a fox asleep in tall grass', styleId: 104, ratio: '1:1', sample: 4 },
  { prompt: '비 오는 밤 골목의 국수집', styleId: 106, ratio: '9:16', sample: 4 },
  { prompt: '까치와 호랑이, 소나무 아래', styleId: 109, ratio: '3:4', sample: 2 },
  { prompt: 'four persimmons on a linen cloth', styleId: 110, ratio: '4:3', sample: 2 },
  { prompt: 'a moon over the river, islands far away', styleId: 102, ratio: '16:9', sample: 1 },
]

/** Signs the owner in within this context and returns their team's path, such as `/t/studio`. */
export async function signInOwner(page: Page): Promise<string> {
  await page.goto('/sign-in')
  await page.locator('input[type=email]').fill(OWNER.email)
  await page.locator('input[type=password]').fill(OWNER.password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(/\/t\/[^/]+\/create/)
  return new URL(page.url()).pathname.replace(/\/create$/, '')
}

/** Fills the owner's team through the studio's own API, against the sandbox. */
export async function seedStudio(page: Page): Promise<Seeded> {
  const team = await signInOwner(page)
  const origin = new URL(page.url()).origin
  const call = caller(page.request, origin)
  const generate = async (asked: object) => (await call('/api/v1/generations', asked)).id
  for (const failure of ['#sandbox:nsfw_image', '#sandbox:reset_after'])
    await ended(page, await generate({ ...PROMPTS[0], prompt: `버려진 온실 ${failure}` }))
  await generate({ ...PROMPTS[1], prompt: '유리 온실 속의 사막 #sandbox:slow=600000' })
  const finished: string[] = []
  for (const asked of PROMPTS) finished.push(await generate(asked))
  const [first = '', second = ''] = finished
  for (const id of finished) await ended(page, id)
  const link = async (options: object) => {
    const made = await call('/api/v1/share-links', { target: { kind: 'generation', id: second }, ...options })
    return { id: made.id, path: new URL(made.url, origin).pathname }
  }
  const open = await link({ title: '봄 차 1차 시안', showPrompt: true })
  const locked = await link({ password: '감나무 아래' })
  const gone = await link({})
  await call(`/api/v1/share-links/${gone.id}/revocation`, {})
  const invitation = await call('/api/v1/invitations', { role: 'member' })
  const { images } = await (await page.request.get(`/api/v1/generations/${first}`)).json()
  return {
    team,
    image: images[0].id,
    share: open.path,
    locked: locked.path,
    gone: gone.path,
    invitation: invitation.path,
  }
}

const caller = (request: APIRequestContext, origin: string) => async (path: string, data: object) => {
  const answer = await request.post(path, { data, headers: { origin } })
  expect(answer.ok(), `${path} answered ${answer.status()}: ${await answer.text()}`).toBe(true)
  return answer.status() === 204 ? {} : answer.json()
}

async function ended(page: Page, id: string) {
  const read = async () => (await (await page.request.get(`/api/v1/generations/${id}`)).json()).status
  await expect.poll(read, { timeout: 60_000 }).toMatch(/succeeded|failed|unknown/)
}

/** The reader's language and theme, as their cookies say them. */
export async function prefer(context: BrowserContext, { locale, theme }: { locale: string; theme: string }) {
  const url = `http://localhost:${process.env.E2E_PORT}`
  const fresh = `http://localhost:${process.env.E2E_FRESH_PORT}`
  for (const at of [url, fresh])
    await context.addCookies([
      { name: 'studio-theme', value: theme, url: at },
      { name: 'studio-locale', value: locale, url: at },
    ])
}
