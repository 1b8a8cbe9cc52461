import { expect, type Page } from '@playwright/test'
import { ARCHIVIST } from './support/archive'
import { test } from './support/browser-test'
import { signIn } from './support/create-page'
import { holdRequests } from './support/held-requests'
import { openAlive } from './support/open-alive'
import { untilQuiet } from './support/quiet-network'
import { seedGalleryOf } from './support/seed-gallery'
import { callerFor, prefer, signInOwner } from './support/seeded-studio'

const TEAM = 'archive'
/** What the gallery asks for when its end is near; the ids below are listed by another limit. */
const PAGE_PATH = /\/api\/v1\/images\?(?=.*cursor=)(?=.*limit=60)/
const COUNT = 600
/** Far fewer than there are, and enough for a large window with its margins. */
const MOST_TILES = 220

type Listed = { items: { id: string }[]; nextCursor: string | null }

test.beforeAll(async () => {
  const { E2E_DATABASE_URL: databaseUrl = '', E2E_DATA_DIR: dataDir = '' } = process.env
  await seedGalleryOf({ databaseUrl, dataDir, team: TEAM, count: COUNT })
})

/** The gallery of several hundred images, and the ids of all of them, newest first. */
async function openGallery(page: Page) {
  await page.goto('/sign-in')
  await signIn(page, ARCHIVIST)
  await page.waitForURL(/\/create/)
  const ids: string[] = []
  let cursor: string | null = ''
  do {
    const path = `/api/v1/images?limit=100${cursor && `&cursor=${cursor}`}`
    const listed: Listed = await (await page.request.get(path)).json()
    ids.push(...listed.items.map(({ id }) => id))
    cursor = listed.nextCursor
  } while (cursor)
  await openAlive(page, `/t/${TEAM}/gallery`)
  return ids
}

const tile = (page: Page, id: string | undefined) => page.locator(`[data-image="${id}"]`)
const topOf = async (page: Page, id: string | undefined) =>
  Math.round((await tile(page, id).boundingBox())?.y ?? NaN)
const countTiles = (page: Page) => page.locator('[data-image]').count()
const settled = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

/** The first image that is wholly in sight below the bars. */
const firstInSight = (page: Page) =>
  page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLElement>('[data-image]')].find(
        (one) => one.getBoundingClientRect().top > 180,
      )?.dataset.image,
  )

/** Scrolls on until an image is drawn; says how many tiles there were at most on the way. */
async function scrollTo(page: Page, id: string | undefined): Promise<number> {
  let most = 0
  await expect(async () => {
    await page.mouse.wheel(0, 1_500)
    await settled(page)
    most = Math.max(most, await countTiles(page))
    expect(await tile(page, id).count()).toBe(1)
  }).toPass({ timeout: 50_000, intervals: [20] })
  return most
}

test.beforeEach(({ context }) => prefer(context, { locale: 'en', theme: 'dark' }))

test('hundreds of images scroll by with few tiles, no jump, and every one of them', async ({ page }) => {
  const ids = await openGallery(page)
  await expect(page.getByText(`${ids.length} images`, { exact: true })).toBeVisible()
  await expect(tile(page, ids[0])).toBeVisible()
  await page.mouse.move(700, 500)
  await scrollTo(page, ids[90])
  for (let step = 0; step < 6; step += 1) {
    const id = await firstInSight(page)
    const [before, scrolled] = [await topOf(page, id), await page.evaluate(() => window.scrollY)]
    await page.evaluate(() => window.scrollBy({ top: 500, behavior: 'instant' }))
    await settled(page)
    const moved = (await page.evaluate(() => window.scrollY)) - scrolled
    expect(Math.abs(before - moved - (await topOf(page, id)))).toBeLessThanOrEqual(1)
  }
  expect(await scrollTo(page, ids.at(-1))).toBeLessThan(MOST_TILES)
  const day = page.locator('section', { has: tile(page, ids.at(-1)) })
  await day.evaluate((one) =>
    window.scrollBy({ top: one.getBoundingClientRect().top - 60, behavior: 'instant' }),
  )
  await expect(day.getByRole('heading', { level: 2 })).toBeInViewport({ ratio: 1 })
})

test('Back from an image, another width and new images at the head leave the place as it is', async ({
  page,
}) => {
  const ids = await openGallery(page)
  await expect(tile(page, ids[0])).toBeVisible()
  await page.mouse.move(700, 500)
  await scrollTo(page, ids[200])
  const id = await firstInSight(page)
  const top = await topOf(page, id)

  await tile(page, id).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/images/${id}`))
  await page.goBack()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect.poll(() => topOf(page, id)).toBe(top)

  const headers = { origin: new URL(page.url()).origin }
  const data = { prompt: 'new at the head', styleId: 103, ratio: '1:1', sample: 4 }
  await page.request.post('/api/v1/generations', { data, headers })
  await expect(page.getByText(`${ids.length + 4} images`, { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => topOf(page, id)).toBe(top)

  await page.setViewportSize({ width: 1_000, height: 900 })
  await expect.poll(async () => Math.abs((await topOf(page, id)) - top)).toBeLessThan(120)
  await expect(tile(page, id)).toBeInViewport()
})

test('a month is one step away, in the address, and taken back like any filter', async ({ page }) => {
  const ids = await openGallery(page)
  await page.getByRole('button', { name: 'Month', exact: true }).click()
  const months = page.getByRole('menuitem')
  await expect(months.nth(4)).toBeVisible()
  const name = (await months.nth(4).innerText()).split('\n')[0] ?? ''
  await months.nth(4).click()
  await expect(page).toHaveURL(/until=\d{4}-\d{2}$/)
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(`${name.slice(0, 3)}`)
  await expect(tile(page, ids[0])).toHaveCount(0)
  await page.getByRole('button', { name: `Until: ${name}: remove this filter` }).click()
  await expect(tile(page, ids[0])).toBeVisible()
})

test('the gallery shows its images before anybody has counted them', async ({ page }) => {
  let count: () => void = () => undefined
  const counted = new Promise<void>((resolve) => (count = resolve))
  await page.route('**/api/v1/images/counts*', async (route) => {
    await counted
    await route.fallback()
  })
  const ids = await openGallery(page)
  await expect(tile(page, ids[0])).toBeVisible()
  const total = page.getByText(`${ids.length.toLocaleString('en')} images`, { exact: true })
  const month = page.getByRole('button', { name: 'Month', exact: true })
  await expect(total).toHaveCount(0)
  await month.click()
  await expect(page.getByRole('menu')).toBeVisible()
  count()
  await expect(page.getByRole('menuitem').nth(4)).toBeVisible()
  await expect(total).toBeVisible()
})

test('a page that breaks says so in the reader’s words and is loaded again', async ({ page }) => {
  await openGallery(page)
  await page.addInitScript(() => {
    if (sessionStorage.getItem('mended')) return
    Reflect.deleteProperty(window, 'ResizeObserver')
    Reflect.deleteProperty(window, 'IntersectionObserver')
  })
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible()
  await page.evaluate(() => sessionStorage.setItem('mended', 'yes'))
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator('[data-image]').first()).toBeVisible()
})

test('what loads on demand waits for the network and breaks nothing', async ({ page, context }) => {
  await openGallery(page)
  await untilQuiet(page) // what is still on its way would fail as well
  const failures = new Map<string, number>()
  page.on('requestfailed', (one) => failures.set(one.url(), (failures.get(one.url()) ?? 0) + 1))
  await context.setOffline(true)
  await page.keyboard.press('?')
  // the bundler's own loader gives up after two
  await expect.poll(() => Math.max(0, ...failures.values()), { timeout: 15_000 }).toBeGreaterThan(2)
  await expect(page.getByText(/You’re offline/)).toBeVisible()
  await expect(page.locator('[data-image]').first()).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('a finger that stays begins a selection, and the details are one button away', async ({ page }) => {
    const ids = await openGallery(page)
    const touch = await page.context().newCDPSession(page)
    // a page that does not run yet hears no finger: it is lifted without a click, and comes again
    await expect(async () => {
      const box = await tile(page, ids[1]).boundingBox()
      const touchPoints = [{ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 20 }]
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
      const began = await page
        .getByText('1 selected')
        .waitFor({ timeout: 3_000 })
        .then(
          () => true,
          () => false,
        )
      await touch.send('Input.dispatchTouchEvent', {
        type: began ? 'touchEnd' : 'touchCancel',
        touchPoints: [],
      })
      expect(began).toBe(true)
    }).toPass({ timeout: 20_000 })
    await tile(page, ids[2]).tap()
    await expect(page.getByText('2 selected')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel selection' }).tap()

    await tile(page, ids[2]).tap()
    const dialog = page.getByRole('dialog')
    const made = dialog.getByText('Technical details')
    await expect(dialog.getByRole('img').first()).toBeInViewport()
    await expect(made).toBeAttached()
    await expect(made).not.toBeInViewport()
    await dialog.getByRole('button', { name: 'Details' }).tap()
    await expect(made).toBeInViewport()
    await dialog.getByRole('button', { name: 'Details' }).tap()
    await expect(made).not.toBeInViewport()
  })

  test('the second press of Details leads back up, though more of them has come since the first', async ({
    page,
  }) => {
    const ids = await openGallery(page)
    const { letThrough } = await holdRequests(page, /\/api\/v1\/generations\/[\da-f-]+$/)
    await tile(page, ids[1]).tap()
    const dialog = page.getByRole('dialog')
    const panel = dialog.getByRole('complementary')
    const heightOf = async () => (await panel.boundingBox())?.height ?? 0
    await dialog.getByRole('button', { name: 'Details' }).tap()
    await expect(panel).toBeFocused()
    const before = await heightOf()
    letThrough()
    await expect.poll(heightOf).toBeGreaterThan(before)
    await dialog.getByRole('button', { name: 'Details' }).tap()
    await expect(dialog.getByText('Technical details')).not.toBeInViewport()
    await expect(dialog.getByRole('img').first()).toBeInViewport({ ratio: 1 })
  })
})

/** A busy browser tells an observer of several changes at once. */
const tellLate = () => {
  const Native = IntersectionObserver
  window.IntersectionObserver = class extends Native {
    constructor(tell: IntersectionObserverCallback, options?: IntersectionObserverInit) {
      const held: IntersectionObserverEntry[] = []
      super((entries, observer) => {
        held.push(...entries)
        setTimeout(() => held.length > 0 && tell(held.splice(0), observer), 400)
      }, options)
    }
  }
}

const toTheEnd = (page: Page) =>
  page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }))

test('the gallery goes on when its end is reached while the browser is busy', async ({ page }) => {
  await page.addInitScript(tellLate)
  const ids = await openGallery(page)
  let asked = 0
  page.on('request', (request) => (asked += PAGE_PATH.test(request.url()) ? 1 : 0))
  await expect(tile(page, ids[0])).toBeVisible()
  for (let step = 1; step <= 3; step += 1) {
    const before = asked
    const askedAtTheEnd = () => toTheEnd(page).then(() => asked)
    await expect.poll(askedAtTheEnd, { intervals: [50] }).toBeGreaterThan(before)
  }
})

test('a page of the gallery that cannot be loaded says so, and is asked for again', async ({ page }) => {
  let isBroken = true
  await page.route(PAGE_PATH, (route) =>
    isBroken ? route.fulfill({ status: 400, json: {} }) : route.continue(),
  )
  await openGallery(page)
  await toTheEnd(page)
  await expect(page.getByText('Couldn’t load more.')).toBeVisible()
  isBroken = false
  const answer = page.waitForResponse((response) => PAGE_PATH.test(response.url()) && response.ok())
  await page.getByRole('button', { name: 'Try again' }).click()
  await answer
  await expect(page.getByText('Couldn’t load more.')).toBeHidden()
})

test('what changes while a page of the gallery is on its way stays as it was changed', async ({ page }) => {
  const held = await holdRequests(page, PAGE_PATH)
  const ids = await openGallery(page)
  const [marked, trashed] = ids
  const asked = page.waitForRequest(PAGE_PATH)
  await toTheEnd(page)
  await asked
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }))
  const item = page.getByRole('listitem').filter({ has: tile(page, marked) })
  await item.hover()
  await item.getByRole('button', { name: 'Favorite', exact: true }).click()
  const call = callerFor(page)
  await call('/api/v1/images/trash', { ids: [trashed] })
  await expect(tile(page, trashed)).toHaveCount(0)

  held.letThrough()
  await scrollTo(page, ids[70])
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: 'instant' }))
  await expect(item.getByRole('button', { name: 'Remove from favorites' })).toBeAttached()
  await expect(tile(page, trashed)).toHaveCount(0)
  await call('/api/v1/images/restoration', { ids: [trashed] })
})

test('a page that is drawn again keeps what was loaded of the gallery, and its place', async ({
  page,
  browser,
}) => {
  const owner = await browser.newPage()
  await signInOwner(owner)
  const call = callerFor(owner, `/t/${TEAM}`)
  const { items } = await call('/api/v1/teams', undefined, 'GET')
  const team = items.find(({ slug }: { slug: string }) => slug === TEAM)
  const asked: string[] = []
  page.on('request', (request) => PAGE_PATH.test(request.url()) && asked.push(request.url()))
  const ids = await openGallery(page)
  await page.mouse.move(700, 500)
  await scrollTo(page, ids[90])
  const id = await firstInSight(page)
  const top = await topOf(page, id)
  for (const name of ['Archives', 'Archive']) {
    await call(`/api/v1/teams/${team.id}`, { name }, 'PATCH')
    await expect(page.getByRole('button', { name: `${name}: account and teams` })).toBeVisible()
  }
  await settled(page)
  expect(await topOf(page, id)).toBe(top)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked, 'each page once').toEqual([...new Set(asked)])
  await owner.close()
})
