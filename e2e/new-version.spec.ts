import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { makeTeam } from './support/seeded-studio'

const FIELD = 'textarea[data-prompt]:visible'
const banner = (page: Page) => page.getByText('A newer version is running.')

/** The server says that it is of another build, as after an upgrade; how often the page was loaded meanwhile. */
async function upgradeServer(page: Page) {
  await page.route(/\/api\/v1\/events\?team=[^&]+$/, (route) =>
    route.fulfill({ contentType: 'text/event-stream', body: 'event: ready\ndata: {"build":"another"}\n\n' }),
  )
  const loads = { count: 0 }
  page.on('domcontentloaded', () => void (loads.count += 1))
  return loads
}

test('a page of before an upgrade says so, and is loaded again with its draft', async ({ page }) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/create`)
  await expect(page.getByText('Sandbox mode.')).toBeVisible()
  await expect(banner(page)).toBeHidden()
  await upgradeServer(page)
  await page.goto(`${team}/create`)
  await expect(banner(page)).toBeVisible({ timeout: 20_000 })
  await page.locator(FIELD).fill('the draft of before')
  await page.unroute(/\/api\/v1\/events\?team=[^&]+$/)
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.locator(FIELD)).toHaveValue('the draft of before')
  await expect(page.getByText('Sandbox mode.')).toBeVisible()
  await expect(banner(page)).toBeHidden()
})

test('it is loaded again by itself once it is left alone, but never over what would be lost, and once', async ({
  page,
}) => {
  const team = await makeTeam(page)
  await page.clock.install()
  const loads = await upgradeServer(page)
  await page.goto(`${team}/settings/profile`)
  await page.clock.runFor(10_000)
  await expect(banner(page)).toBeVisible({ timeout: 20_000 })
  await page.getByLabel('New email').fill('half an address')
  await page.clock.runFor(5 * 60_000)
  expect(loads.count).toBe(1)
  await page.getByLabel('New email').fill('')
  await page.clock.runFor(5 * 60_000)
  await expect.poll(() => loads.count).toBe(2)
  await page.clock.runFor(10_000)
  await expect(banner(page)).toBeVisible({ timeout: 20_000 })
  await page.clock.runFor(5 * 60_000)
  expect(loads.count).toBe(2)
})
