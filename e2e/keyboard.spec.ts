import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { generate } from './support/create-page'
import { OWNER } from './support/owner'

test('without a mouse: sign in, choose a style, generate, look, favourite, share, and be back where one was', async ({
  page,
}) => {
  const prompt = `a heron in the reeds ${Date.now()} #sandbox:plain`
  await page.goto('/sign-in')
  await tabTo(page, page.getByLabel('Email'))
  await page.keyboard.type(OWNER.email)
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await page.keyboard.type(OWNER.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/create/)

  const style = page.getByRole('button', { name: /^Change style/ })
  await expect(style).toBeVisible()
  await tabTo(page, page.getByRole('textbox', { name: 'Prompt' }))
  await page.keyboard.type(prompt)
  await tabTo(page, style)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const chosen = page.getByRole('option').nth(1)
  await expect(chosen).toBeFocused()
  await expectFocusIsSeen(page)
  await page.keyboard.press('Enter')
  await expect(style).toBeFocused()

  await tabTo(page, generate(page))
  await page.keyboard.press('Enter')
  const tile = page.getByRole('link', { name: `Open image 2: ${prompt}` })
  await expect(tile).toBeVisible({ timeout: 30_000 })
  await tabTo(page, tile)
  await page.keyboard.press('Enter')
  const image = page.getByRole('dialog', { name: `Image: ${prompt}` })
  await expect(image).toBeVisible()
  const [address, shown] = [page.url(), image.getByRole('img', { name: prompt })]
  const first = (await shown.getAttribute('src')) ?? ''
  await expect(async () => {
    await page.keyboard.press('ArrowRight') // does nothing before the neighbours are known
    await expect(page).not.toHaveURL(address, { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await expect(shown).not.toHaveAttribute('src', first) // it follows the address
  await page.keyboard.press('f')
  await expect(image.getByRole('button', { name: 'Remove from favorites' })).toBeVisible()

  const share = image.getByRole('button', { name: 'Share' })
  await tabTo(page, share)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await expectFocusIsSeen(page)
  await page.keyboard.press('Escape')
  await expect(share).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(image).toBeHidden()
  await expect(page).toHaveURL(/\/create$/)
  await expect(tile).toBeFocused()
})

test('the first stop of every page leads past the navigation', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/create/)
  await page.goto(page.url().replace('create', 'gallery'))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#content$/)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

/** Walks there with Tab; wherever it stops on the way, one sees where one is. */
async function tabTo(page: Page, target: Locator) {
  for (let step = 0; step < 80; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return expectFocusIsSeen(page)
    await page.keyboard.press('Tab')
    await expectFocusIsSeen(page)
  }
  await expect(target).toBeFocused()
}

/** The ring may stand around the control, what wraps it, or what it holds. */
async function expectFocusIsSeen(page: Page) {
  const unseen = await page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body || at.id === 'content') return null
    const around = [at, at.parentElement, at.parentElement?.parentElement, at.firstElementChild]
    const isSeen = around.some((element) => {
      if (!element) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    })
    return isSeen ? null : at.outerHTML.slice(0, 160)
  })
  expect(unseen).toBeNull()
}
