import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { choose } from './support/choose'
import { openWithPartsWaiting } from './support/held-requests'
import { IN_TIME, openCreate, promptBox, tellPrice, unique } from './support/create-page'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Campaign set' })
const grid = (page: Page) => page.getByRole('table', { name: 'Results by product, style and ratio' })
const imageLinks = (page: Page) => grid(page).getByRole('link', { name: /^Open image/ })

/** The dialog with the prompt, one image for each request. */
async function openSet(page: Page, { name, prompt }: { name: string; prompt: string }) {
  await promptBox(page).fill(prompt)
  await page.getByRole('button', { name: 'Campaign set' }).click()
  await dialog(page).getByLabel('Name').fill(name)
  await dialog(page).getByText('1', { exact: true }).click()
}

const press = (page: Page, name: RegExp) => dialog(page).getByRole('button', { name }).click()

test.beforeEach(async ({ page }) => openCreate(page))

test('a table of products in two ratios is counted first, generated once, and stands as a grid and as one card', async ({
  page,
}) => {
  const name = unique('Spring').replace(/ #.*/, '')
  await openSet(page, { name, prompt: unique('{product} on {surface}') })
  await press(page, /^Generate/)
  await expect(dialog(page).getByText('Paste a table with a value for each variable.')).toBeVisible()
  await dialog(page)
    .getByRole('textbox', { name: 'Products' })
    .fill('SKU,Product,Surface\nA-1,"a mug, red",slate\nA-2,a lamp,\n')
  await press(page, /^Generate/)
  await expect(dialog(page).getByText('“A-2” has no value for')).toBeVisible()
  await dialog(page)
    .getByRole('textbox', { name: 'Products' })
    .fill('SKU\tProduct\tSurface\nA-1\ta mug, red\tslate\nA-2\ta lamp\toak\n')
  await dialog(page).getByText('9:16', { exact: true }).click()
  await expect(dialog(page).getByRole('status')).toContainText('4 requests · 4 images')
  const button = dialog(page).getByRole('button', { name: 'Generate 4 images' })
  await button.dblclick()
  await page.waitForURL(/\/sets\/[0-9a-f-]+$/)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(grid(page).getByRole('rowheader')).toHaveText(['A-1', 'A-2'])
  await expect(imageLinks(page)).toHaveCount(4, IN_TIME)
  await expect(page.getByText('4 of 4 done')).toBeVisible()
  await imageLinks(page).first().click()
  const image = page.getByRole('dialog', { name: /^Image: a mug, red on slate/ })
  await expect(image.getByRole('link', { name, exact: true })).toHaveAttribute('href', /\/sets\//)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Create' }).first().click()
  const card = page.getByRole('article', { name })
  await expect(card).toHaveCount(1)
  await expect(card.getByText('4 of 4 done')).toBeVisible()
  await expect(page.getByRole('article', { name: /^a lamp on oak/ })).toHaveCount(0)
  await card.getByRole('link', { name: `Open set: ${name}` }).click()
  await page.getByRole('link', { name: 'All sets' }).click()
  await expect(page.getByRole('link', { name: new RegExp(`^${name}`) })).toHaveCount(1)
})

test('a set is paused where it waits, shows that everywhere, and goes on', async ({ page }) => {
  const name = unique('Autumn').replace(/ #.*/, '')
  await openSet(page, { name, prompt: `${unique('{product}')} #sandbox:slow=4000` })
  const rows = Array.from({ length: 12 }, (_, at) => `leaf ${at}`)
  await dialog(page)
    .getByRole('textbox', { name: 'Products' })
    .fill(['product', ...rows].join('\n'))
  await press(page, /^Generate 12 images/)
  await page.getByRole('button', { name: 'Pause' }).click()
  const waiting = grid(page).locator('[data-status="queued"]')
  await expect(waiting.first()).toContainText('Paused')
  await expect(grid(page).locator('[data-status="sending"]')).toHaveCount(0, IN_TIME)
  const held = await waiting.count()
  expect(held).toBeGreaterThan(0)
  await expect(imageLinks(page)).toHaveCount(12 - held, IN_TIME)
  await page.goto(page.url().replace(/\/sets\/.*/, '/create'))
  const card = page.getByRole('article', { name })
  await expect(card.getByText(/of 12 done · Paused$/)).toBeVisible()
  await card.getByRole('button', { name: 'Continue' }).click()
  await expect(card.getByText('12 of 12 done')).toBeVisible(IN_TIME)
})

test('what is pressed on the card of a set before its script arrives is done once it does', async ({
  page,
}) => {
  const name = unique('Spring').replace(/ #.*/, '')
  await openSet(page, { name, prompt: unique('{product}') })
  await dialog(page).getByRole('textbox', { name: 'Products' }).fill('product\na leaf #sandbox:failed')
  await press(page, /^Generate 1 image/)
  await expect(page.getByText('0 of 1 done · 1 failed')).toBeVisible(IN_TIME)
  const retried = page.waitForRequest(/\/retry$/)
  const { letThrough } = await openWithPartsWaiting(page, page.url().replace(/\/sets\/.*/, '/create'))
  const retry = page.getByRole('article', { name }).getByRole('button', { name: /^Retry 1 failed/ })
  // the feed that is hydrated is drawn anew around what is not
  await choose(page.getByRole('radio', { name: 'Small' }))
  await expect(page.locator('[data-feed-size=s]')).toBeVisible()
  await retry.click({ timeout: 5_000 })
  letThrough()
  await retried
})

test('a plan is kept when its dialog is closed, and a table is named by its first row', async ({ page }) => {
  await openSet(page, { name: 'Kept', prompt: unique('{product} on {surface}') })
  const table = dialog(page).getByRole('textbox', { name: 'Products' })
  await table.fill('a mug,slate\na lamp,oak')
  await press(page, /^Generate/)
  await expect(dialog(page).getByText('The first row must name')).toBeVisible()
  await table.fill('product,surface\n"a mug,slate')
  await expect(dialog(page).getByText('a quotation mark isn’t closed near line')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Campaign set' }).click()
  await expect(dialog(page).getByLabel('Name')).toHaveValue('Kept')
  await expect(dialog(page).getByLabel('Name')).toBeFocused()
  await expect(table).toHaveValue('product,surface\n"a mug,slate')
})

test('a prompt that is too long is told with its product, or alone where there is none', async ({ page }) => {
  await openSet(page, { name: 'Long', prompt: 'x'.repeat(1201) })
  const alert = dialog(page).getByRole('alert')
  await press(page, /^Generate/)
  await expect(alert).toHaveText('The prompt is longer than 1,200 characters.')
  await dialog(page).getByLabel('Prompt').fill('{product}')
  await dialog(page)
    .getByRole('textbox', { name: 'Products' })
    .fill(`SKU,Product\nA-1,${'x'.repeat(1201)}`)
  await expect(alert).toHaveText(/^The prompt is longer than 1,200 characters with “\W*A-1\W*”\.$/)
})

test('a set whose answer was lost is made once, though its dialog was closed and opened again', async ({
  page,
}) => {
  const name = unique('Lost').replace(/ #.*/, '')
  await openSet(page, { name, prompt: unique('a mug on slate') })
  let isLost = true
  await page.route('**/api/v1/campaign-sets', async (route) => {
    if (!isLost) return route.continue()
    isLost = false
    await route.fetch()
    await route.abort()
  })
  await press(page, /^Generate/)
  await expect(dialog(page).getByRole('alert')).toContainText('safe to send again')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await page.getByRole('button', { name: 'Campaign set' }).click()
  await press(page, /^Generate/)
  await page.waitForURL(/\/sets\/[0-9a-f-]+$/)
  await page.getByRole('link', { name: 'All sets' }).click()
  await expect(page.getByRole('link', { name: new RegExp(`^${name}`) })).toHaveCount(1)
})

test('the rest of a set is canceled for nothing, and generated when it is asked for again', async ({
  page,
}) => {
  const name = unique('Summer').replace(/ #.*/, '')
  await openSet(page, { name, prompt: `${unique('{product}')} #sandbox:slow=4000` })
  const rows = Array.from({ length: 12 }, (_, at) => `shell ${at}`)
  await dialog(page)
    .getByRole('textbox', { name: 'Products' })
    .fill(['product', ...rows].join('\n'))
  await press(page, /^Generate 12 images/)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Cancel remaining' }).click()
  await expect(page.getByText(/· \d+ canceled$/)).toBeVisible(IN_TIME)
  await expect(page.getByRole('button', { name: 'Continue' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Generate remaining/ }).click()
  await expect(page.getByText('12 of 12 done')).toBeVisible(IN_TIME)
})

test('what failed is asked for again by one press', async ({ page }) => {
  await tellPrice(page, { sample: 1, credits: 3 })
  const name = unique('Winter').replace(/ #.*/, '')
  await openSet(page, { name, prompt: unique('{product}') })
  await dialog(page)
    .getByRole('textbox', { name: 'Products' })
    .fill('product\na sled\na skate #sandbox:failed')
  await press(page, /^Generate 2 images/)
  await expect(page.getByText('1 of 2 done · 1 failed')).toBeVisible(IN_TIME)
  await expect(grid(page).locator('[data-status="failed"]')).toContainText(/\w+ \w+/)
  const retried = page.waitForResponse((response) => /\/retry$/.test(response.url()))
  await page.getByRole('button', { name: 'Retry 1 failed · 3 credits', exact: true }).click()
  expect((await retried).status()).toBe(200)
  await expect(page.getByText('1 of 2 done · 1 failed')).toBeVisible(IN_TIME)
  await expect(imageLinks(page)).toHaveCount(1)
  await page.unrouteAll({ behavior: 'ignoreErrors' }) // one may be under way
})

test('on another page it is told once that a set is done, and View leads to its page', async ({ page }) => {
  const name = unique('Harvest').replace(/ #.*/, '')
  await openSet(page, { name, prompt: `${unique('{product}')} #sandbox:slow=10000` })
  await dialog(page).getByRole('textbox', { name: 'Products' }).fill('product\na pear\na plum')
  await press(page, /^Generate 2 images/)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await page.getByRole('link', { name: 'Gallery' }).first().click()
  const toast = page.locator('[data-toast]').filter({ hasText: 'Set done: 2 of 2' })
  await toast.getByRole('button', { name: 'View' }).click({ timeout: 30_000 })
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})
