import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { holdRequests } from './support/held-requests'
import { openAlive } from './support/open-alive'
import { makeImages, makeTeam } from './support/seeded-studio'

/** Of a team of its own: what is added here stands in nobody else's choice. */
async function openStyles(page: Page) {
  await openAlive(page, `${await makeTeam(page)}/styles`)
}

const card = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })
const unique = () => 1_000_000 + Math.floor(Math.random() * 1_000_000_000)

test('the sandbox’s styles stand there with painted thumbnails, and are found in Korean by initial consonants', async ({
  page,
}) => {
  await openStyles(page)
  await expect(card(page, 'Minhwa').getByRole('heading')).toHaveText('Minhwa')
  const thumbnail = card(page, 'Minhwa').locator('img')
  await expect.poll(() => thumbnail.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(360)
  await page.getByRole('searchbox', { name: 'Search styles' }).fill('ㅁㅎ')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Minhwa'])
  await page.getByRole('searchbox', { name: 'Search styles' }).fill('no such style')
  await page.getByRole('button', { name: 'Show all styles' }).click()
  await expect(card(page, 'Low poly')).toBeVisible()
})

test('a favourite stays the person’s own after a reload', async ({ page }) => {
  await openStyles(page)
  const saved = page.waitForResponse((response) => response.url().endsWith('/favourite'))
  await page.getByRole('button', { name: 'Add Bauhaus to favorites' }).click()
  await saved
  await expect(page.getByRole('button', { name: 'Remove Bauhaus from favorites' })).toBeVisible()
  await page.getByRole('button', { name: 'Favorites', exact: true }).click()
  await page.reload()
  await expect(card(page, 'Bauhaus')).toBeVisible()
  await page.getByRole('button', { name: 'Remove Bauhaus from favorites' }).click()
})

test('of two favourites the one that cannot be saved is taken back, and the other stays', async ({
  page,
}) => {
  await openStyles(page)
  const { letThrough } = await holdRequests(page, '**/favourite')
  let isFirst = true
  await page.route('**/favourite', (route) => {
    if (!isFirst) return route.fallback()
    isFirst = false
    return route.fallback({
      url: route
        .request()
        .url()
        .replace(/[^/]+(?=\/favourite)/, 'none'),
    })
  })
  await page.getByRole('button', { name: 'Add Risograph to favorites' }).click()
  await page.getByRole('button', { name: 'Add Neon night to favorites' }).click()
  const first = page.getByRole('button', { name: 'Remove Risograph from favorites' })
  const second = page.getByRole('button', { name: 'Remove Neon night from favorites' })
  await expect(first).toBeVisible()
  await expect(second).toBeVisible()
  letThrough()
  await expect(first).toHaveCount(0)
  await expect(second).toBeVisible()
  const saved = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await second.click()
  await saved
})

test('an admin adds a style by number, renames it, hides it and takes that back', async ({ page }) => {
  await openStyles(page)
  const styleId = unique()
  await page.getByRole('button', { name: 'Add style' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(dialog.getByText('Enter a whole number from 1.')).toBeVisible()
  await dialog.getByLabel('Flamel style ID').fill(String(styleId))
  await dialog.getByLabel('Name in English').fill(`Riso ${styleId}`)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(card(page, `Riso ${styleId}`)).toContainText(`#${styleId}`)

  await page.getByRole('button', { name: `More for Riso ${styleId}` }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('dialog').getByLabel('Name in English').fill(`Riso print ${styleId}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(card(page, `Riso print ${styleId}`)).toBeVisible()

  await page.getByRole('button', { name: `More for Riso print ${styleId}` }).click()
  await page.getByRole('menuitem', { name: 'Hide' }).click()
  await expect(card(page, `Riso print ${styleId}`)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(card(page, `Riso print ${styleId}`)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('an import shows what is wrong on which line, and writes only after that', async ({ page }) => {
  await openStyles(page)
  const styleId = unique()
  const evil = '<img src=x onerror=alert(1)>'
  const content = `styleId,nameKo,nameEn,colour\n${styleId},수묵 ${styleId},Ink ${styleId},red\n,이름만,,\n${styleId + 1},,${evil},\n`
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  const file = { name: 'styles.csv', mimeType: 'text/csv', buffer: Buffer.from(content) }
  await dialog.getByLabel('Choose a file').setInputFiles(file)
  await expect(dialog.getByText('2 new · nothing changed')).toBeVisible()
  await expect(dialog.getByText('Line 3')).toBeVisible()
  await expect(dialog.getByText('colour')).toBeVisible()
  await expect(card(page, `Ink ${styleId}`)).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Import 2 styles' }).click()
  await expect(card(page, `Ink ${styleId}`)).toBeVisible()
  await expect(page.getByRole('heading', { name: evil }).first()).toBeVisible()
  await expect(page.locator('img[src="x"]')).toHaveCount(0)
})

test('a thumbnail that the team chose is removed once that is said to be meant', async ({ page }) => {
  const team = await makeTeam(page)
  await makeImages(page, team, { prompt: 'a kiln #sandbox:plain', styleId: 103, sample: 1 })
  await page.goto(`${team}/styles`)
  const style = page.getByRole('listitem').filter({ hasText: '#103 ' })
  const [more, thumbnail] = [style.getByRole('button', { name: /^More for/ }), style.locator('img')]
  const catalogueThumbnail = (await thumbnail.getAttribute('src')) ?? ''
  await more.click()
  await page.getByRole('menuitem', { name: 'Choose a thumbnail' }).click()
  await page.getByRole('button', { name: 'Use this image: a kiln' }).click()
  await expect(thumbnail).toHaveAttribute('src', /^\/api\//)
  const question = page.getByRole('dialog', { name: /^Remove the thumbnail of/ })
  await more.click()
  await page.getByRole('menuitem', { name: 'Remove thumbnail' }).click()
  await expect(question).toContainText('The image itself stays in the gallery')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(thumbnail).toHaveAttribute('src', /^\/api\//)
  await more.click()
  await page.getByRole('menuitem', { name: 'Remove thumbnail' }).click()
  await question.getByRole('button', { name: 'Remove thumbnail' }).click()
  await expect(thumbnail).toHaveAttribute('src', catalogueThumbnail)
})

test('the page has its icon all the way from a style to Create', async ({ page }) => {
  await openStyles(page)
  await page.evaluate(() => {
    const hasIcon = () => document.head.querySelector('link[rel="icon"]') !== null
    const note = () =>
      (document.body.dataset.icon = hasIcon() ? (document.body.dataset.icon ?? 'there') : 'gone')
    note()
    new MutationObserver(note).observe(document.head, { childList: true })
  })
  await card(page, 'Minhwa').getByRole('link').first().click()
  await page.waitForURL(/\/create/)
  await expect(page).toHaveTitle(/Create/)
  await expect(page.locator('body')).toHaveAttribute('data-icon', 'there')
})
