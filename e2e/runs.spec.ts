import { expect, type Page, type Request } from '@playwright/test'
import { test } from './support/browser-test'
import { choose } from './support/choose'
import {
  card,
  generate,
  images,
  IN_TIME,
  isAlive,
  make,
  openCreate,
  promptBox,
  tellPrice,
  unique,
} from './support/create-page'

const isCreate = (request: Request) =>
  request.method() === 'POST' && request.url().endsWith('/api/v1/generations')
const article = (page: Page, prompt: string) => card(page, prompt).last() // the first that was made stands below
const menu = async (page: Page, prompt: string) =>
  article(page, prompt).getByRole('button', { name: 'Actions for image 1' }).click()

test.beforeEach(async ({ page }) => openCreate(page))

test('one press varies an image at the price that is shown, in its group, and leaves the form alone', async ({
  page,
}) => {
  const prompt = unique('a heron at noon')
  await tellPrice(page, { sample: 4, credits: 7 })
  await make(page, prompt)
  await expect(generate(page)).toContainText('7 credits')
  await promptBox(page).fill('my own words')
  await menu(page, prompt)
  const vary = page.getByRole('menuitem', { name: 'Vary 7 credits' })
  const sent = page.waitForRequest(isCreate)
  await vary.click()
  const body = (await sent).postDataJSON()
  expect(body).toMatchObject({ prompt, sample: 4, imageId: expect.any(Number), groupId: expect.any(String) })
  await expect(card(page, prompt)).toHaveCount(2)
  await expect(page.getByText('Generating 4 images')).toBeVisible()
  await expect(card(page, prompt).first()).toContainText('Variation')
  await expect(promptBox(page)).toHaveValue('my own words')
  await expect(page.getByText('Based on this image')).toHaveCount(0)
  await page.unrouteAll({ behavior: 'ignoreErrors' }) // one may be under way
})

test('another ratio and more of the same are one press each', async ({ page }) => {
  const prompt = unique('a kiln at dusk')
  await make(page, prompt)
  await menu(page, prompt)
  const wide = page.waitForRequest(isCreate)
  await page.getByRole('menuitem', { name: 'New ratio: 16:9' }).click()
  expect((await wide).postDataJSON()).toMatchObject({ prompt, ratio: '16:9', sample: 4 })
  await expect(card(page, prompt)).toHaveCount(2)
  await menu(page, prompt)
  const again = page.waitForRequest(isCreate)
  await page.getByRole('menuitem', { name: /^More like this/ }).click()
  const body = (await again).postDataJSON()
  expect(body).toMatchObject({ prompt, ratio: '1:1' })
  expect(body).not.toHaveProperty('groupId')
  await expect(card(page, prompt)).toHaveCount(3)
})

test('two presses of one button in a moment are one generation', async ({ page }) => {
  const prompt = unique('a bell at dawn')
  await make(page, prompt)
  let count = 0
  page.on('request', (request) => (count += isCreate(request) ? 1 : 0))
  await article(page, prompt)
    .getByRole('button', { name: /^Vary this image/ })
    .first()
    .evaluate((button: HTMLElement) => {
      button.click()
      button.click()
    })
  await expect(card(page, prompt)).toHaveCount(2)
  expect(count).toBe(1)
})

test('a run whose answer is lost says so, and its repetition makes no second one', async ({ page }) => {
  const prompt = unique('a ferry in fog')
  await make(page, prompt)
  let isLost = false
  await page.route('**/api/v1/generations', async (route) => {
    if (route.request().method() !== 'POST' || isLost) return route.fallback()
    isLost = true
    await route.fetch()
    await route.abort('connectionreset')
  })
  await menu(page, prompt)
  await page.getByRole('menuitem', { name: /^More like this/ }).click()
  await expect(page.getByText('We lost the connection.', { exact: false }).first()).toBeVisible()
  // an urgent toast is read out beside it, and hidden from roles until it has the focus
  await page.locator('[data-toast]').getByText('Try again').click()
  await expect(page.getByText('Generating 4 images')).toBeVisible()
  await expect(images(page, prompt)).toHaveCount(8, IN_TIME)
  expect(await card(page, prompt).count()).toBe(2)
})

test('the same style for other words takes the style and an empty box, and Undo brings back what was there', async ({
  page,
}) => {
  const prompt = unique('a crane in rain')
  await make(page, prompt)
  await menu(page, prompt)
  await page.getByRole('menuitem', { name: 'Same style, new prompt' }).click()
  await expect(promptBox(page)).toHaveValue('')
  await expect(promptBox(page)).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue(prompt)
})

test('a prompt is reused at once, over words that somebody typed too, with a way back', async ({ page }) => {
  const prompt = unique('a lamp in snow')
  await make(page, prompt)
  await promptBox(page).fill('half a thought')
  await menu(page, prompt)
  await page.getByRole('menuitem', { name: 'Reuse prompt' }).click()
  await expect(promptBox(page)).toHaveValue(prompt)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue('half a thought')
})

test('what failed is tried again or put away, and several that failed fold into one line', async ({
  page,
}) => {
  const prompts = ['first', 'second', 'third'].map((word) => unique(`${word} wave #sandbox:unknown_model`))
  for (const prompt of prompts) {
    await promptBox(page).fill(prompt)
    await promptBox(page).press('Control+Enter')
    await expect(card(page, prompt)).toContainText('No credits used', IN_TIME)
  }
  const [, second = '', third = ''] = prompts
  const retried = page.waitForRequest(isCreate)
  await card(page, third).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Dismiss' }).click()
  await expect(card(page, third)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(card(page, third)).toBeVisible()
  await card(page, third).getByRole('button', { name: 'Reuse', exact: true }).click()
  await page.getByRole('menuitem', { name: /^More like this/ }).click()
  expect((await retried).postDataJSON()).toMatchObject({ prompt: third })
  await expect(card(page, third)).toHaveCount(2)
  await make(page, unique('calm water'))
  await page.reload()
  await isAlive(page)
  const fold = page.getByRole('button', { name: /^\d+ not generated$/ }).first()
  await expect(fold).toBeVisible()
  await expect(card(page, second)).toHaveCount(0)
  await fold.click()
  await expect(card(page, second)).toBeVisible()
})

test('unknown ends are gathered until somebody says what became of them', async ({ page }) => {
  const prompt = unique('a storm #sandbox:reset_after')
  await promptBox(page).fill(prompt)
  await promptBox(page).press('Control+Enter')
  await expect(card(page, prompt)).toContainText('Result unknown', IN_TIME)
  await page.getByText(/^Needs review \(\d+\)$/).click()
  await expect(page).toHaveURL(/\?review=true$/)
  await expect(card(page, prompt).getByRole('link', { name: 'Check with Flamel' })).toHaveAttribute(
    'href',
    /flamel/,
  )
  await card(page, prompt).getByRole('button', { name: 'Mark as charged', exact: true }).click()
  await expect(card(page, prompt)).toHaveCount(0)
})

test('the size of the feed is chosen once: rows are no higher, and the next page comes so', async ({
  page,
}) => {
  const prompt = unique('a tall tree')
  await make(page, prompt)
  const height = () =>
    images(page, prompt)
      .first()
      .evaluate((image) => image.getBoundingClientRect().height)
  const before = await height()
  await choose(page.getByRole('radio', { name: 'Small' }))
  await expect.poll(height).toBe(200)
  expect(before).toBeGreaterThan(200)
  await page.reload()
  expect(await height()).toBe(200)
  await isAlive(page)
  await choose(page.getByRole('radio', { name: 'Medium' }))
})
