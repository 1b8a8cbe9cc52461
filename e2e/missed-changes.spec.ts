import { expect, type Browser, type Page, type Request } from '@playwright/test'
import { test } from './support/browser-test'
import { joinWith } from './support/guest'
import { openAlive } from './support/open-alive'
import { callerFor, makeImages, makeTeam } from './support/seeded-studio'

const IN_TIME = { timeout: 30_000 }
const viewOnly = (page: Page) => page.getByText('뷰어는 이미지를 만들 수 없어요', { exact: false }).first()
const isNavigation = (request: Request) =>
  request.isNavigationRequest() ||
  (request.headers()['rsc'] === '1' && request.headers()['next-router-prefetch'] === undefined)

/** The page's next answer at that path is read by the server before the change and comes to the browser after it. */
async function readBefore(page: Page, path: string, change: () => Promise<unknown>) {
  let isDone = false
  await page.route(
    (url) => url.pathname === path,
    async (route) => {
      if (isDone || !isNavigation(route.request())) return route.fallback()
      isDone = true
      const response = await route.fetch()
      const body = await response.body()
      await change()
      await route.fulfill({ response, body })
    },
  )
}

/** An owner's page in a team of its own, and a member of it with a page of theirs. */
async function teamWithGuest(page: Page, browser: Browser, baseURL = '') {
  const team = await makeTeam(page)
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'member' })
  const guest = await joinWith(`${baseURL}${path}`, browser, '이하린')
  const headers = { origin: baseURL, 'x-studio-team': team.split('/').at(-1) ?? '' }
  const { items } = await (await page.request.get('/api/v1/members', { headers })).json()
  const { id } = items.find(({ name }: { name: string }) => name === '이하린')
  const setRole = async (role: string) =>
    expect((await page.request.patch(`/api/v1/members/${id}`, { data: { role }, headers })).status()).toBe(
      200,
    )
  return { team, guest, setRole, create: `${baseURL}${team}/create` }
}

test('a role that changes between a page’s HTML and its event stream is noticed, in the first tab and in the next', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, guest, setRole, create } = await teamWithGuest(page, browser, baseURL)
  await guest.page.goto('about:blank')
  await readBefore(guest.page, `${team}/create`, () => setRole('viewer'))
  await guest.page.goto(create)
  await expect(viewOnly(guest.page)).toBeVisible()
  const second = await guest.page.context().newPage()
  await readBefore(second, `${team}/create`, () => setRole('member'))
  await second.goto(create)
  await expect(second.getByRole('button', { name: /^스타일 변경/ })).toBeVisible()
  await expect(viewOnly(second)).toBeHidden()
  await expect(viewOnly(guest.page)).toBeHidden()
  await guest.close()
})

test('whatever changes between a page’s HTML and its event stream is on the page', async ({ page }) => {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const { images } = await makeImages(page, team, { prompt: 'a heron #sandbox:plain', sample: 1 })
  const [{ id }] = images
  const tab = await page.context().newPage()
  await tab.goto(`${team}/gallery`)
  await expect(tab.getByRole('link', { name: /a heron/ })).toBeVisible()

  await readBefore(tab, `${team}/links`, () =>
    call('/api/v1/share-links', { target: { kind: 'image', id }, title: 'made meanwhile' }),
  )
  await tab.goto(`${team}/links`)
  await expect(tab.getByText('made meanwhile')).toBeVisible()

  await readBefore(tab, `${team}/styles`, () =>
    call('/api/v1/styles', { styleId: 90_001, nameKo: '그사이', nameEn: 'Meanwhile' }),
  )
  await tab.goto(`${team}/styles`)
  await expect(tab.getByText('Meanwhile')).toBeVisible()

  const asked = { prompt: 'egrets meanwhile #sandbox:plain', sample: 1 }
  await readBefore(tab, `${team}/create`, () => makeImages(page, team, asked))
  await tab.goto(`${team}/create`)
  const card = tab.getByRole('article', { name: asked.prompt })
  await expect(card.getByRole('link', { name: /^Open image/ })).toHaveCount(1)
})

test('what changes while the next page is on its way is on that page, also when one goes back to it', async ({
  page,
}) => {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const { images } = await makeImages(page, team, { prompt: 'a heron #sandbox:plain', sample: 1 })
  const share = (title: string) =>
    call('/api/v1/share-links', { target: { kind: 'image', id: images[0].id }, title })
  const tab = await page.context().newPage()
  await openAlive(tab, `${team}/create`)
  await readBefore(tab, `${team}/links`, () => share('made on the way'))
  await tab.getByRole('link', { name: 'Shared' }).first().click()
  await expect(tab.getByText('made on the way')).toBeVisible()
  await tab.getByRole('link', { name: 'Gallery' }).first().click()
  await expect(tab.getByRole('link', { name: /a heron/ })).toBeVisible()
  await share('made while away')
  await tab.goBack()
  await expect(tab.getByText('made while away')).toBeVisible()
})

test('a page whose event stream is refused asks for what has changed', async ({ page, browser, baseURL }) => {
  const { guest, setRole, create } = await teamWithGuest(page, browser, baseURL)
  await guest.page.goto('about:blank')
  await guest.page.route(/\/api\/v1\/events\?team=/, (route) => route.fulfill({ status: 429 }))
  await guest.page.goto(create)
  await expect(guest.page.getByRole('button', { name: /^스타일 변경/ })).toBeVisible()
  await setRole('viewer')
  await expect(viewOnly(guest.page)).toBeVisible(IN_TIME)
  await guest.close()
})

test('a page that the browser kept and shows again has what changed meanwhile', async ({
  page,
  browser,
  baseURL,
}) => {
  const { guest, setRole, create } = await teamWithGuest(page, browser, baseURL)
  await guest.page.goto('about:blank')
  const opened = guest.page.waitForRequest(/\/api\/v1\/events\?team=/)
  await guest.page.goto(create)
  const stream = await opened
  const closed = guest.page.waitForEvent('requestfailed', (request) => request === stream)
  const fire = (name: string) =>
    guest.page.evaluate(
      (type) => window.dispatchEvent(new PageTransitionEvent(type, { persisted: true })),
      name,
    )
  await fire('pagehide')
  await closed
  await setRole('viewer')
  await expect(viewOnly(guest.page)).toBeHidden()
  await fire('pageshow')
  await expect(viewOnly(guest.page)).toBeVisible()
  await guest.close()
})
