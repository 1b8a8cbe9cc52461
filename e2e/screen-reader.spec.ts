import { expect, type Page } from '@playwright/test'
import english from '../messages/en/refusals.json'
import { test } from './support/browser-test'
import { makeImages, makeTeam } from './support/seeded-studio'

const IN_TIME = { timeout: 30_000 }
const says = (page: Page, words: string) =>
  expect(page.locator('[aria-live=polite]').filter({ hasText: words })).toHaveCount(1, IN_TIME)

async function generate(page: Page, prompt: string) {
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  await page.getByRole('textbox', { name: 'Prompt' }).fill(prompt)
  await page.getByRole('textbox', { name: 'Prompt' }).press('Control+Enter')
}

test('it is said aloud when one’s images are ready, and when they are refused', async ({ page }) => {
  await page.goto(`${await makeTeam(page)}/create`)
  await generate(page, 'a heron in the reeds #sandbox:plain')
  await says(page, '4 images are ready: a heron in the reeds')
  await generate(page, 'a heron in the rain #sandbox:nsfw_image')
  await says(page, 'Failed: a heron in the rain')
  const card = page.getByRole('article', { name: /in the rain/ })
  await expect(card.getByRole('heading', { name: english.nsfw_image.title })).toBeVisible()
})

test('images are named by what was asked for, everywhere they stand', async ({ page }) => {
  const team = await makeTeam(page)
  const { images } = await makeImages(page, team, {
    prompt: 'a heron in the reeds #sandbox:plain',
    sample: 2,
  })
  await page.goto(`${team}/create`)
  const card = page.getByRole('article', { name: /a heron in the reeds/ })
  await expect(card.getByRole('list').getByRole('listitem')).toHaveCount(2)
  await expect(card.getByRole('link', { name: /^Open image 2: a heron in the reeds/ })).toBeVisible()
  await page.goto(`${team}/gallery`)
  await expect(
    page.getByRole('listitem').getByRole('link', { name: /^Open: a heron in the reeds/ }),
  ).toHaveCount(2)
  await page.goto(`${team}/images/${images[0].id}`)
  await expect(page.getByRole('heading', { level: 1, name: /^Image: a heron in the reeds/ })).toBeAttached()
  await expect(page.getByRole('img', { name: /a heron in the reeds/ })).toBeVisible()
})

test('a page is read as banner, navigation with the place one is at, and main part', async ({ page }) => {
  const team = await makeTeam(page)
  for (const [path, place] of [
    ['create', 'Create'],
    ['gallery', 'Gallery'],
    ['styles', 'Styles'],
    ['links', 'Shared'],
    ['settings/profile', 'Settings'],
  ] as const) {
    await page.goto(`${team}/${path}`)
    await expect(page.getByRole('banner')).toHaveCount(1)
    const navigation = page.getByRole('navigation', { name: 'Main navigation' })
    await expect(navigation.locator('[aria-current=page]')).toHaveText(place)
    await expect(page.getByRole('main')).toHaveCount(1)
    await expect(page).toHaveTitle(/ · Flamel Studio$/)
  }
})

test('what is wrong with a field is said with the field', async ({ page }) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/styles`)
  await page.getByRole('button', { name: 'Add style' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const number = dialog.getByLabel('Flamel style ID')
  await expect(number).toHaveAccessibleDescription('Enter a whole number from 1.')
  await expect(number).toHaveAttribute('aria-invalid', 'true')
  await page.goto(`${team}/create`)
  await expect(page.getByRole('button', { name: /^Change style/ })).toBeVisible()
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  await prompt.fill('가'.repeat(1_201))
  await expect(prompt).toHaveAccessibleDescription(/1 over/)
  await expect(page.getByRole('button', { name: /^Generate/ })).toHaveAccessibleDescription(
    'Shorten your prompt by 1 character',
  )
})
