import { expect, type Browser, type Page } from '@playwright/test'
import english from '../messages/en/generations.json'
import { test } from './support/browser-test'
import { joinWith } from './support/guest'
import { holdRequests } from './support/held-requests'
import { isDrawn, moveMouse } from './support/moving-mouse'
import { openAlive } from './support/open-alive'
import { addTeam, callerFor, makeImages, makeTeam, prefer } from './support/seeded-studio'

const TABS = 6
const images = (page: Page, prompt: string) =>
  page.getByRole('article', { name: prompt }).getByRole('link', { name: /^Open image/ })
const unique = (words: string) => `${words} ${Math.random().toString(36).slice(2, 9)} #sandbox:plain`
const IN_TIME = { timeout: 30_000 }

test('six tabs share one event stream; when the tab that holds it closes, another takes over', async ({
  page,
  browser,
  baseURL,
}) => {
  // somebody of the test's own: what another test does as the owner closes the owner's streams
  const { team, guest } = await makeTeamOfTwo(page, browser, baseURL)
  await guest.page.goto('about:blank')
  const context = guest.page.context()
  await prefer(context, { locale: 'en', theme: 'dark' })
  const streams: Page[] = []
  context.on('request', (request) => {
    if (request.url().includes(`/api/v1/events?team=${team.split('/').at(-1)}`))
      streams.push(request.frame().page())
  })
  const tabs = await Promise.all(Array.from({ length: TABS }, () => context.newPage()))
  for (const tab of tabs) {
    await tab.goto(`${baseURL}${team}/create`)
    await expect(tab.getByRole('button', { name: /^Change style/ })).toBeVisible()
  }
  const prompt = unique('six herons')
  await makeImages(page, team, { prompt, sample: 1 })
  for (const tab of tabs) await expect(images(tab, prompt)).toHaveCount(1, IN_TIME)
  expect(streams).toHaveLength(1)

  const leader = streams[0]
  await leader?.close()
  const rest = tabs.filter((tab) => tab !== leader)
  expect(rest).toHaveLength(TABS - 1)
  await expect.poll(() => streams.length).toBe(2)
  expect(rest).toContain(streams[1])
  const next = unique('five herons')
  await makeImages(page, team, { prompt: next, sample: 1 })
  for (const tab of rest) await expect(images(tab, next)).toHaveCount(1, IN_TIME)
  expect(streams).toHaveLength(2)
  await guest.close()
})

/** A new team of the page's person, and a Korean member of it in a browser of their own. */
async function makeTeamOfTwo(page: Page, browser: Browser, baseURL: string | undefined) {
  const team = await makeTeam(page)
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'member' })
  const guest = await joinWith(`${baseURL}${path}`, browser, '이하린')
  return { team, guest }
}

test('what one member makes comes into another member’s feed, and what comes of it, without a reload', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, guest } = await makeTeamOfTwo(page, browser, baseURL)
  await page.goto(`${team}/create`)
  await guest.page.goto(`${baseURL}${team}/create`)
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  const prompt = unique('갈대 사이의 왜가리 #sandbox:slow=5000')
  await guest.page.getByRole('textbox', { name: '프롬프트' }).fill(prompt)
  await guest.page.getByRole('button', { name: /^스타일 변경/ }).waitFor()
  await guest.page.getByRole('textbox', { name: '프롬프트' }).press('Control+Enter')
  const card = page.getByRole('article', { name: prompt })
  await expect(card).toContainText(/Generating…|Queued/, IN_TIME)
  await expect(card).toContainText('이하린')
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
  await guest.close()
})

test('what another member makes moves no card while the mouse is on its way; what one makes oneself comes at once', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, guest } = await makeTeamOfTwo(page, browser, baseURL)
  const first = unique('a river')
  await makeImages(page, team, { prompt: first, sample: 1 })
  await openAlive(page, `${team}/create`)
  await expect(images(page, first)).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  const mouse = await moveMouse(page)
  const [theirs, mine] = [unique('reeds'), unique('a heron')]
  await makeImages(guest.page, team, { prompt: theirs, sample: 1 })
  await makeImages(page, team, { prompt: mine, sample: 1 })
  await expect(images(page, mine)).toHaveCount(1, IN_TIME)
  await expect(images(page, theirs)).toHaveCount(0)
  await mouse.rest()
  await expect(images(page, theirs)).toHaveCount(1)

  // of a feed that is all new, all is shown: it is not said to be empty
  await page.getByRole('link', { name: 'Gallery', exact: true }).click()
  await page.waitForURL(/\/gallery$/)
  const many = [0, 1, 2, 3].map((n) => unique(`reeds ${n}`))
  for (const prompt of many) await makeImages(guest.page, team, { prompt, sample: 1 })
  const onItsWay = await moveMouse(page)
  await page.getByRole('link', { name: 'Create', exact: true }).click()
  for (const prompt of many) await expect(images(page, prompt)).toHaveCount(1)
  await onItsWay.rest()
  await guest.close()
})

test('a directive in one prompt fails alone: nobody else is told of a key that does not work', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, guest } = await makeTeamOfTwo(page, browser, baseURL)
  const other = await addTeam(page)
  await page.goto(`${team}/create`)
  await guest.page.goto(`${baseURL}${team}/create`)
  const ask = guest.page.getByRole('textbox', { name: '프롬프트' })
  await guest.page.getByRole('button', { name: /^스타일 변경/ }).waitFor()
  for (const code of ['wrong_api_key', 'failed_billing']) {
    const refused = unique(`갈대 #sandbox:${code}`)
    await ask.fill(refused)
    await ask.press('Control+Enter')
    await expect(page.getByRole('article', { name: refused })).toContainText('No credits used', IN_TIME)
  }
  await guest.page.reload()
  const elsewhere = await page.context().newPage()
  await elsewhere.goto(`${other}/create`)
  // a banner says one thing at a time: where it says sandbox, it says nothing of a key
  for (const told of [page, elsewhere, guest.page])
    await expect(told.getByText(/^(Sandbox mode\.|연습 모드예요\.)/)).toBeVisible()
  const another = unique('갈대밭')
  await makeImages(page, team, { prompt: another, sample: 1 })
  await expect(images(page, another)).toHaveCount(1, IN_TIME)
  await guest.close()
})

test('a favourite of the feed shows at once, before the server has said anything, and is taken back when it says no', async ({
  page,
}) => {
  const team = await makeTeam(page)
  const prompt = unique('a heron at dusk')
  const generation = await makeImages(page, team, { prompt, sample: 2 })
  let answer: (status: 'ok' | 'refused') => void = () => undefined
  let asked = 0
  await page.route(
    (url) => url.pathname === '/api/v1/images',
    async (route) => {
      if (route.request().method() !== 'PATCH') return route.fallback()
      asked += 1
      const said = await new Promise<'ok' | 'refused'>((resolve) => (answer = resolve))
      return said === 'ok' ? route.fallback() : route.fulfill({ status: 503, json: { code: 'x' } })
    },
  )
  await page.goto(`${team}/create`)
  const card = page.getByRole('article', { name: prompt })
  const tile = card.getByRole('listitem').first()
  const mark = tile.getByRole('button', { name: english.tile.favourite, exact: true })
  const unmark = tile.getByRole('button', { name: english.tile.unfavourite, exact: true })
  await tile.hover()
  await mark.click()
  await expect(unmark).toBeVisible()
  answer('refused')
  await expect(mark).toBeVisible()
  // two presses, both in vain
  await mark.click()
  await unmark.click()
  await expect(mark).toBeVisible()
  for (const presses of [2, 3]) {
    await expect.poll(() => asked).toBe(presses)
    const refused = page.waitForResponse((response) => response.status() === 503)
    answer('refused')
    await (await refused).finished()
  }
  await isDrawn(page)
  await expect(mark).toBeVisible()
  await mark.click()
  await expect(unmark).toBeVisible()
  // what is read meanwhile is from before
  await callerFor(page, team)('/api/v1/images/trash', { ids: [generation.images[1].id] })
  await expect(images(page, prompt)).toHaveCount(1)
  await expect(unmark).toBeVisible()
  const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
  answer('ok')
  expect((await answered).status()).toBe(200)
  await page.goto(`${team}/gallery?favourite=true`)
  await expect(page.getByRole('link', { name: `Open: ${prompt}` })).toHaveCount(1)
})

test('an image that is open over the page stays so when the team changes, and the page is drawn again once it is closed', async ({
  page,
}) => {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const { items } = await callerFor(page)('/api/v1/teams', undefined, 'GET')
  const { id, slug } = items.find((one: { slug: string }) => team.endsWith(`/${one.slug}`))
  const prompt = unique('a heron at noon')
  await makeImages(page, team, { prompt, sample: 1 })
  await openAlive(page, `${team}/create`)
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  const draft = page.getByRole('textbox', { name: 'Prompt' })
  await draft.fill('what is being written')
  const { letThrough } = await holdRequests(page, /\/_next\/static\//) // the code that shows an image, the first time
  for (const name of ['Spring', 'Summer']) {
    await images(page, prompt).click()
    const image = page.getByRole('dialog', { name: /^Image: a heron at noon/ })
    if (name === 'Summer') await expect(image).toBeVisible()
    await call(`/api/v1/teams/${id}`, { name, slug }, 'PATCH')
    const next = unique(`${name}'s heron`)
    await makeImages(page, team, { prompt: next, sample: 1 })
    const heard = page.getByRole('article', { name: next, includeHidden: true })
    await expect(heard.getByRole('link', { name: /^Open image/, includeHidden: true })).toHaveCount(
      1,
      IN_TIME,
    )
    letThrough()
    await expect(image).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: `${name}: account and teams` })).toBeVisible()
    await expect(draft).toHaveValue('what is being written')
  }
})

test('changes come into the feed although an answer about an earlier one never comes', async ({ page }) => {
  const team = await makeTeam(page)
  await openAlive(page, `${team}/create`)
  const askedAbout = /\/api\/v1\/generations\?ids=/
  const asked = page.waitForRequest(askedAbout)
  let count = 0
  await page.route(askedAbout, (route) => ((count += 1) === 1 ? undefined : route.continue()))
  const first = unique('a heron that nobody hears of')
  await makeImages(page, team, { prompt: first, sample: 1 })
  await asked
  const second = unique('a heron after it')
  await makeImages(page, team, { prompt: second, sample: 1 })
  for (const prompt of [second, first]) await expect(images(page, prompt)).toHaveCount(1, IN_TIME)
})
