import { expect, type Locator } from '@playwright/test'
import { test } from './support/browser-test'
import { makeImages, makeTeam } from './support/seeded-studio'

const isDrawn = (image: Locator) =>
  image.evaluate((one) => one instanceof HTMLImageElement && one.complete && one.naturalWidth > 0)

for (const where of ['create', 'gallery'] as const)
  test(`an image that cannot be read is a sign in ${where}, is asked for again, and appears once it can be read`, async ({
    page,
  }) => {
    test.setTimeout(90_000)
    const team = await makeTeam(page)
    await makeImages(page, team, { prompt: 'a heron #sandbox:plain', sample: 2 })
    let isAway = true
    await page.route('**/i/*/thumb', (route) =>
      isAway ? route.fulfill({ status: 503, headers: { 'retry-after': '30' } }) : route.continue(),
    )
    await page.goto(`${team}/${where}`)
    const image = page.locator('img[src*="/i/"][src$="/thumb"]').first()
    await expect(image).toHaveAttribute('data-unreadable', '', { timeout: 30_000 })
    expect(await isDrawn(image)).toBe(false)
    await expect(image).toBeVisible()
    await page.screenshot({ path: `test-results/unreadable-${where}.png` })
    isAway = false
    await expect.poll(() => isDrawn(image), { timeout: 30_000 }).toBe(true)
    await expect(image).not.toHaveAttribute('data-unreadable')
  })
