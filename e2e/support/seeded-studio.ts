import { expect, type BrowserContext, type Page } from '@playwright/test'
import { OWNER, SECOND_OWNER } from './owner'

/** What a team has after a good week: images, failures, links, an invitation. Paths start at the studio's root. */
export type Seeded = {
  team: string
  image: string
  /** The id of a campaign set of two products, of which one failed in part. */
  set: string
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
] as const

/** Signs the owner in within this context and returns their team's path, such as `/t/studio`. No page is opened. */
export const signInOwner = (page: Page) => signIn(page, OWNER)

/** As the form does it, which has tests of its own: drawing it and what it leads to takes a second of each test. */
async function signIn(page: Page, { email, password }: typeof OWNER): Promise<string> {
  const { csrfToken } = await (await page.request.get('/api/auth/csrf')).json()
  const form = { csrfToken, email, password, json: 'true' }
  const origin = await originOf(page)
  await page.request.post('/api/auth/callback/credentials', { form, headers: { origin } })
  const start = await page.request.get('/', { maxRedirects: 0 })
  const [team] = /^\/t\/[^/]+(?=\/create$)/.exec(start.headers().location ?? '') ?? []
  if (!team) throw new Error(`${email} is not signed in: ${start.status()} ${start.headers().location}`)
  return team
}

/** Of the studio that this page opens, also before it has opened any. */
export async function originOf(page: Page): Promise<string> {
  const isOpen = page.url().startsWith('http')
  return new URL(isOpen ? page.url() : (await page.request.get('/livez')).url()).origin
}

/** Fills the owner's team through the studio's own API, against the sandbox. */
export async function seedStudio(page: Page): Promise<Seeded> {
  return fill(page, await signInOwner(page), { slowMs: 600_000, suffix: '' })
}

/** The same in a team of its own, beside whatever else goes on, with images that are painted at once. */
export async function seedTeam(page: Page): Promise<Seeded> {
  return fill(page, await makeTeam(page), { slowMs: 75_000, suffix: ' #sandbox:plain' })
}

/** Signs the second owner in and makes them a team without anything in it; returns its path. */
export async function makeTeam(page: Page): Promise<string> {
  await signIn(page, SECOND_OWNER)
  return addTeam(page)
}

/** Makes the page's person, an owner, one more team without anything in it; returns its path. */
export async function addTeam(page: Page): Promise<string> {
  const { slug } = await callerFor(page)('/api/v1/teams', { name: `봄 ${Date.now().toString(36)}` })
  return `/t/${slug}`
}

/** Asks for images in the page's team at that path; returns the generation once it has succeeded. */
export async function makeImages(page: Page, team: string, asked: object) {
  const call = callerFor(page, team)
  const { id } = await call('/api/v1/generations', {
    prompt: '감나무 #sandbox:plain',
    styleId: 103,
    ratio: '4:3',
    sample: 4,
    ...asked,
  })
  return ended(page, team, id)
}

/** The same in a team that is there, as the page's person, who writes so before each prompt. */
export const fillTeam = (page: Page, team: string, prefix: string) =>
  fill(page, team, { slowMs: 600_000, prefix, suffix: ' #sandbox:plain' })

async function fill(
  page: Page,
  team: string,
  { slowMs, prefix = '', suffix }: { slowMs: number; prefix?: string; suffix: string },
): Promise<Seeded> {
  const call = callerFor(page, team)
  const generate = async (asked: { prompt: string }) =>
    (await call('/api/v1/generations', { ...asked, prompt: `${prefix}${asked.prompt}${suffix}` })).id
  const [tree, lighthouse] = PROMPTS
  for (const failure of ['#sandbox:nsfw_image', '#sandbox:reset_after'])
    await ended(page, team, await generate({ ...tree, prompt: `버려진 온실 ${failure}` }))
  const set = await makeSet(page, team, { prefix, suffix })
  await call('/api/v1/prompt-templates', { name: `${prefix}포장 사진`, text: `${prefix}{제품}, 아침 햇빛` })
  const finished: string[] = []
  for (const asked of PROMPTS) finished.push(await generate(asked))
  const [first = '', second = '', third = ''] = finished
  for (const id of finished) await ended(page, team, id)
  await generate({ ...lighthouse, prompt: `유리 온실 속의 사막 #sandbox:slow=${slowMs}` })
  const link = async (options: object) => {
    const made = await call('/api/v1/share-links', { target: { kind: 'generation', id: second }, ...options })
    return { id: made.id, path: new URL(made.url, await originOf(page)).pathname }
  }
  const open = await link({ title: '봄 차 1차 시안', showPrompt: true })
  const locked = await link({ password: '감나무 아래' })
  const gone = await link({})
  await call(`/api/v1/share-links/${gone.id}/revocation`, {})
  const invitation = await call('/api/v1/invitations', { role: 'member' })
  const { images } = await ended(page, team, first)
  const { images: thrown } = await ended(page, team, third)
  await call('/api/v1/images/trash', { ids: [thrown[0].id] })
  return {
    team,
    image: images[0].id,
    set,
    share: open.path,
    locked: locked.path,
    gone: gone.path,
    invitation: invitation.path,
  }
}

const slugOf = (team: string) => team.split('/').at(-1) ?? ''

/** The studio's own API, as the page's person, in a team. */
export const callerFor =
  (page: Page, team?: string) =>
  async (path: string, data?: object, method = 'POST') => {
    const headers = { origin: await originOf(page), ...(team && { 'x-studio-team': slugOf(team) }) }
    const answer = await page.request.fetch(path, { method, data, headers })
    expect(answer.ok(), `${path} answered ${answer.status()}: ${await answer.text()}`).toBe(true)
    return answer.status() === 204 ? {} : answer.json()
  }

/** A set of which everything has ended: two products in two ratios, one of them refused. */
async function makeSet(page: Page, team: string, { prefix, suffix }: { prefix: string; suffix: string }) {
  const { id } = await callerFor(page, team)('/api/v1/campaign-sets', {
    name: `${prefix}봄 신제품`,
    prompt: `${prefix}{제품}${suffix}`,
    ...{ sample: 1, ratios: ['1:1', '9:16'], styles: [103] },
    products: [
      { name: `${prefix}운동화`, values: { 제품: '흰 운동화' } },
      { name: `${prefix}향수`, values: { 제품: '향수병 #sandbox:failed' } },
    ],
  })
  const headers = { 'x-studio-team': slugOf(team) }
  const open = async () =>
    (await (await page.request.get(`/api/v1/campaign-sets/${id}`, { headers })).json()).progress.open
  await expect.poll(open, { timeout: 60_000 }).toBe(0)
  return id
}

async function ended(page: Page, team: string, id: string) {
  const headers = { 'x-studio-team': slugOf(team) }
  const read = async () => (await page.request.get(`/api/v1/generations/${id}`, { headers })).json()
  await expect
    .poll(async () => (await read()).status, { timeout: 60_000 })
    .toMatch(/succeeded|failed|unknown/)
  return read()
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
