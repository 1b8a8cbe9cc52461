import { expect } from '@playwright/test'
import { test } from './support/browser-test'
import { makeTeam } from './support/seeded-studio'

test('the settings begin with what everybody may change, and repeat nothing of the main navigation', async ({
  page,
}) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/settings`)
  await expect(page).toHaveURL(/\/settings\/profile$/)
  const pages = page.getByRole('navigation', { name: 'Settings' }).getByRole('link')
  await expect(pages).toHaveText([
    'Profile',
    'Members',
    'API keys',
    'Usage',
    'Budgets',
    'General',
    'Sign-in & security',
    'Flamel API key',
    'Audit log',
    'Queue',
    'System',
  ])
  await expect(pages.first()).toHaveAttribute('aria-current', 'page')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true })

  test('the row of pages shows at which end it goes on', async ({ page }) => {
    const team = await makeTeam(page)
    await page.goto(`${team}/settings/profile`)
    const row = page.getByRole('navigation', { name: 'Settings' })
    await expect(row).toHaveAttribute('data-hidden-behind', 'true')
    await expect(row).not.toHaveAttribute('data-hidden-before')
    await row.evaluate((element) => element.scrollTo({ left: element.scrollWidth }))
    await expect(row).toHaveAttribute('data-hidden-before', 'true')
    await expect(row).not.toHaveAttribute('data-hidden-behind')
    await page.goto(`${team}/settings/system`)
    await expect(row.getByRole('link', { name: 'System' })).toBeInViewport()
  })
})

test('on the first day the chart of the balances says what was left', async ({ page }) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/settings/system`)
  const chart = page.locator('svg').filter({ has: page.locator('title') })
  await expect(
    chart
      .locator('text')
      .filter({ hasText: /^\d{1,3}(,\d{3})*$/ })
      .nth(3),
  ).toBeVisible()
})
