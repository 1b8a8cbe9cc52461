import { expect, type Locator, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { untilQuiet } from './support/quiet-network'
import { makeImages, makeTeam } from './support/seeded-studio'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })

/** A finger drawn over the middle of something, as the browser gets it from the glass; it rests before it is lifted. */
async function swipe(page: Page, over: Locator, dx: number) {
  const box = await over.boundingBox()
  if (!box) throw new Error('There is nothing to swipe over.')
  const glass = await page.context().newCDPSession(page)
  const from = { x: box.x + box.width / 2 - dx / 2, y: box.y + box.height / 2 }
  const startedAt = Date.now() / 1_000
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', part: number, atMs: number) =>
    glass.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: from.x + dx * part, y: from.y }],
      timestamp: startedAt + atMs / 1_000,
    })
  await touch('touchStart', 0, 0)
  for (const step of [1, 2, 3, 4]) await touch('touchMove', step / 4, step * 30)
  await touch('touchMove', 1, 400) // a page that still glides takes the next tap for a stop
  await touch('touchEnd', 1, 420)
  await glass.detach()
}

/** A finger that rests on the middle of something and is lifted the moment that it sees what it waits for. */
async function holdUntil(page: Page, on: Locator, seen: Locator) {
  const box = await on.boundingBox()
  if (!box) throw new Error('There is nothing to hold.')
  const glass = await page.context().newCDPSession(page)
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await glass.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  try {
    await seen.waitFor({ timeout: 2_000 })
  } finally {
    await glass.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await glass.detach()
  }
}

test('with a finger: write in the sheet, generate, look, swipe on and back, and pick several', async ({
  page,
}) => {
  const team = await makeTeam(page)
  const prompt = 'a heron in the reeds #sandbox:plain'
  await page.goto(`${team}/create`)
  const open = page.getByRole('button', { name: 'Open prompt' })
  const sheet = page.getByRole('dialog')
  await expect(async () => {
    await open.tap() // does nothing before the page has come alive
    await expect(sheet).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await sheet.getByRole('textbox', { name: 'Prompt' }).fill(prompt)
  await sheet.getByText('2', { exact: true }).tap()
  await sheet.getByRole('button', { name: /^Generate/ }).tap()
  await expect(sheet).toBeHidden()
  const card = page.getByRole('article', { name: prompt })
  await expect(card.getByRole('link', { name: /^Open image/ })).toHaveCount(2, { timeout: 30_000 })

  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Gallery' }).tap()
  const tiles = page.getByRole('link', { name: `Open: ${prompt}` })
  await expect(tiles).toHaveCount(2)
  await tiles.first().tap()
  const image = page.getByRole('dialog', { name: `Image: ${prompt}` })
  const shown = image.getByRole('img', { name: prompt })
  await expect(shown).toBeVisible()
  const [first, firstSource] = [page.url(), (await shown.getAttribute('src')) ?? '']
  await expect(async () => {
    await swipe(page, shown, -180) // leads nowhere before the neighbours are known
    await expect(page).not.toHaveURL(first, { timeout: 1_000 })
  }).toPass()
  await expect(shown).not.toHaveAttribute('src', firstSource) // it follows the address
  await swipe(page, shown, 180)
  await expect(page).toHaveURL(first)
  await image.getByRole('button', { name: 'Close' }).tap()
  await expect(image).toBeHidden()

  await page.getByRole('button', { name: 'Select', exact: true }).tap()
  const choices = page.getByRole('link', { name: `Select: ${prompt}` })
  await expect(choices).toHaveCount(2)
  for (const choice of await choices.all()) await choice.tap()
  const bar = page.getByRole('region', { name: 'Selected images' })
  await expect(bar).toContainText('2 selected')
  await bar.getByRole('button', { name: 'Favorite' }).tap()
  await expect(bar.getByRole('button', { name: 'Remove from favorites' })).toBeVisible()
})

test('a finger that stays on an image of the feed opens what can be done with it, and not the image', async ({
  page,
}) => {
  const team = await makeTeam(page)
  const prompt = 'a heron in the reeds #sandbox:plain'
  await makeImages(page, team, { prompt })
  await page.goto(`${team}/create`)
  const tile = page.getByRole('link', { name: `Open image 1: ${prompt}` }).first()
  const share = page.getByRole('menuitem', { name: 'Share' })
  await expect(async () => {
    await holdUntil(page, tile, share) // does nothing before the page has come alive
    await share.tap({ timeout: 2_000 })
  }).toPass()
  await expect(page.getByRole('dialog', { name: 'Share this image' })).toBeVisible()
  await expect(page).toHaveURL(/\/create$/)
})

test('the docked button leads to what is in the way', async ({ page }) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/create`)
  const open = page.getByRole('button', { name: 'Open prompt' })
  const sheet = page.getByRole('dialog')
  await expect(async () => {
    await open.tap() // does nothing before the page has come alive
    await expect(sheet).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await sheet.getByRole('textbox', { name: 'Prompt' }).fill('a'.repeat(1_300))
  await sheet.getByRole('button', { name: 'Close' }).tap()
  await expect(sheet).toBeHidden()
  await page.getByRole('button', { name: 'Generate', exact: true }).tap()
  await expect(sheet.getByText('Shorten your prompt by 100 characters')).toBeVisible()
})

test('everything that a finger aims at is 44 px, or 24 with room around it', async ({ page }) => {
  const team = await makeTeam(page)
  await makeImages(page, team, { prompt: 'a heron in the reeds #sandbox:plain' })
  const small: string[] = []
  for (const path of ['create', 'gallery', 'styles', 'links', 'settings/profile', 'settings/members']) {
    await page.goto(`${team}/${path}`)
    await untilQuiet(page)
    small.push(...(await page.evaluate(smallTargets)).map((one) => `${path}: ${one}`))
  }
  expect(small).toEqual([])
})

/** Controls whose touch area, the invisible part (`touch` in globals.css) included, is under 44 px both ways. */
function smallTargets(): string[] {
  const size = (element: Element) => {
    const { width, height } = element.getBoundingClientRect()
    const around = getComputedStyle(element, '::after')
    const isTarget = around.position === 'absolute'
    return {
      width: Math.max(width, isTarget ? Number.parseFloat(around.width) || 0 : 0),
      height: Math.max(height, isTarget ? Number.parseFloat(around.height) || 0 : 0),
    }
  }
  const controls = [...document.querySelectorAll('a[href], button, select, summary, input:not([type=radio])')]
  return controls
    .filter((control) => control.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter(
      (control) =>
        control.getBoundingClientRect().width > 1 &&
        control.getBoundingClientRect().bottom > 0 && // the way to the content waits above the screen for the keyboard
        !control.closest('p, label, [role=status]'),
    )
    .filter((control) => Math.min(size(control).width, size(control).height) < 43.5)
    .filter(
      (control) => Math.min(size(control).width, size(control).height) < 24 || size(control).height < 43.5,
    )
    .map((control) => {
      const { width, height } = size(control)
      return `${Math.round(width)} × ${Math.round(height)} ${control.outerHTML.slice(0, 120)}`
    })
}
