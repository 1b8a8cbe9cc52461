import { expect, type Page } from '@playwright/test'
import { ARCHIVIST } from './support/archive'
import { signIn } from './support/create-page'
import { makePictures, makeTeam } from './support/seeded-studio'
import { seedGalleryOf } from './support/seed-gallery'
import { test } from './support/story'

const TEAM = 'archive'
const PAGE_PATH = /\/api\/v1\/images\?.*cursor=/

test.beforeAll(async () => {
  const { E2E_DATABASE_URL: databaseUrl = '', E2E_DATA_DIR: dataDir = '' } = process.env
  await seedGalleryOf({ databaseUrl, dataDir, team: TEAM, count: 300 })
})

async function openArchive(page: Page) {
  await page.goto('/sign-in')
  await signIn(page, ARCHIVIST)
  await page.waitForURL(/\/create/)
}

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
  await openArchive(page)
  await page.addInitScript(tellLate)
  let asked = 0
  page.on('request', (request) => (asked += PAGE_PATH.test(request.url()) ? 1 : 0))
  await page.goto(`/t/${TEAM}/gallery`)
  await expect(page.locator('[data-image]').first()).toBeVisible()
  for (let step = 1; step <= 3; step += 1) {
    const before = asked
    await toTheEnd(page)
    await expect.poll(() => asked).toBeGreaterThan(before)
  }
})

test('a page of the gallery that cannot be loaded says so, and is asked for again', async ({ page }) => {
  await openArchive(page)
  let isBroken = true
  await page.route(PAGE_PATH, (route) =>
    isBroken ? route.fulfill({ status: 400, json: {} }) : route.continue(),
  )
  await page.goto(`/t/${TEAM}/gallery`)
  await toTheEnd(page)
  await expect(page.getByText('More could not be loaded.')).toBeVisible()
  isBroken = false
  const answer = page.waitForResponse((response) => PAGE_PATH.test(response.url()) && response.ok())
  await page.getByRole('button', { name: 'Try again' }).click()
  await answer
  await expect(page.getByText('More could not be loaded.')).toBeHidden()
})

test('a page of the feed that cannot be loaded is asked for once, says so, and comes with a press', async ({
  page,
}) => {
  const team = await makeTeam(page)
  for (const prompt of ['one', 'two', 'three', 'four', 'five'])
    await makePictures(page, team, { prompt: `${prompt} #sandbox:plain`, sample: 1 })
  const path = /\/api\/v1\/generations\?.*cursor=/
  let isBroken = true
  let asked = 0
  await page.route(path, (route) => {
    asked += 1
    return isBroken ? route.fulfill({ status: 400, json: {} }) : route.continue()
  })
  await page.goto(`${team}/create`)
  await expect(page.getByText('More could not be loaded.')).toBeVisible()
  expect(asked).toBe(1)
  isBroken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('article', { name: /^one/ })).toBeVisible()
  expect(asked).toBe(2)
})
