import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { images, isAlive, make, openCreate, promptBox, unique } from './support/create-page'
import { holdRequests } from './support/held-requests'
import { callerFor } from './support/seeded-studio'

const search = (page: Page) => page.getByRole('combobox', { name: 'Search or jump to' })
const options = (page: Page) => page.getByRole('listbox', { name: 'Jump to' }).getByRole('option')

async function open(page: Page) {
  await page.keyboard.press('Control+k')
  await expect(search(page)).toBeFocused()
}

test.beforeEach(async ({ page }) => openCreate(page))

test('an act is found in either language and leads to where it is done', async ({ page }) => {
  for (const words of ['invite', '초대']) {
    await open(page)
    await search(page).fill(words)
    await expect(options(page).first()).toContainText('Invite a member')
    await page.keyboard.press('Escape')
    await expect(search(page)).toHaveCount(0)
  }
  await open(page)
  await search(page).fill('new key')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New key' })).toBeVisible()
})

test('a style is taken into the form, and what was chosen lately comes first', async ({ page }) => {
  await open(page)
  await search(page).fill('paper')
  await expect(options(page).first()).toContainText('Paper cut')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Change style: Paper cut' })).toBeVisible()
  await expect(page).toHaveURL(/\/create$/)
  await open(page)
  await expect(options(page).first()).toContainText('Paper cut')
})

test('what was chosen and comes late takes the focus from nobody who is at something else', async ({
  page,
}) => {
  const { letThrough } = await holdRequests(page, /\/create\?style=/)
  await open(page)
  await search(page).fill('paper')
  await expect(options(page).first()).toContainText('Paper cut')
  await page.keyboard.press('Enter')
  await expect(search(page)).toHaveCount(0)
  await open(page)
  letThrough()
  await expect(page.getByText('Settings applied')).toBeVisible()
  await page.keyboard.type('inv')
  await expect(search(page)).toHaveValue('inv')
})

test('an image is opened over the page, and a recent prompt comes back into the box', async ({ page }) => {
  const prompt = unique('a lighthouse of brass')
  await make(page, prompt)
  await promptBox(page).fill('something else')
  await open(page)
  await search(page).fill('lighthouse of brass')
  await options(page)
    .filter({ has: page.locator('img') })
    .first()
    .click()
  await expect(page.getByRole('dialog', { name: /^Image: a lighthouse of brass/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(images(page, prompt)).toHaveCount(4)
  await open(page)
  await search(page).fill(prompt)
  await options(page).filter({ hasText: 'Recent prompt' }).first().click()
  await expect(promptBox(page)).toHaveValue(prompt)
})

test('on another page a toast with the image tells that it is ready, and leads to it', async ({ page }) => {
  const team = new URL(page.url()).pathname.replace(/\/create$/, '')
  const prompt = unique(`a quay in spring #sandbox:slow=3000 ${'long'.repeat(15)}`)
  await page.getByRole('link', { name: 'Styles', exact: true }).click()
  await page.waitForURL(/\/styles$/)
  // the tab follows the team from when its stream is open
  await page.waitForFunction(() => document.readyState === 'complete')
  const asked = { prompt, styleId: 103, ratio: '1:1', sample: 2 }
  await callerFor(page, team)('/api/v1/generations', asked)
  const toast = page.locator('[data-toast]').filter({ hasText: '2 images are ready' })
  await expect(toast).toBeVisible({ timeout: 30_000 })
  await expect(toast.locator('img')).toBeVisible()
  await page.setViewportSize({ width: 320, height: 640 })
  const { x, width } = (await toast.boundingBox()) ?? { x: NaN, width: NaN }
  expect(x, 'its sides are within the window').toBeGreaterThanOrEqual(0)
  expect(x + width).toBeLessThanOrEqual(320)
  await toast.getByRole('button', { name: 'View' }).click()
  await expect(page.getByRole('dialog', { name: /^Image: a quay in spring/ })).toBeVisible()
})

test('a style’s card leads to the form and to its images', async ({ page }) => {
  await page.goto(page.url().replace(/create$/, 'styles'))
  await page.getByRole('link', { name: 'Images in Paper cut' }).click()
  await page.waitForURL(/\/gallery\?style=\d+$/)
  await page.goBack()
  await page.getByRole('link', { name: 'Use Paper cut' }).click()
  await page.waitForURL(/\/create$/)
  await isAlive(page)
  await expect(page.getByRole('button', { name: 'Change style: Paper cut' })).toBeVisible()
})
