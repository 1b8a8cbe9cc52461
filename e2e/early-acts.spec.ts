import { expect } from '@playwright/test'
import { test } from './support/browser-test'
import { OWNER } from './support/owner'
import { makeTeam } from './support/seeded-studio'
import { openWithoutScripts, openWithReactWaiting } from './support/held-requests'

const EARLY = [
  ['before the scripts arrive', openWithoutScripts],
  ['while React waits for those of the page', openWithReactWaiting],
] as const

test('who signs in before the scripts arrive is signed in once they do, and no address holds the password', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const { letThrough } = await openWithoutScripts(page, '/sign-in')
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByLabel('Password', { exact: true }).press('Enter')
  letThrough()
  await page.waitForURL('**/create')
  expect(asked.filter((url) => url.includes('password='))).toEqual([])
})

test('what is typed over a saved text before the scripts arrive is there to be saved', async ({ page }) => {
  const path = `${await makeTeam(page)}/settings/team`
  const { letThrough } = await openWithoutScripts(page, path)
  await page.getByLabel('Name', { exact: true }).fill('Harbour')
  letThrough()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Harbour')
})

test('what is chosen in a list before the scripts arrive is asked for', async ({ page }) => {
  const path = `${await makeTeam(page)}/settings/audit`
  const { letThrough } = await openWithoutScripts(page, path)
  const acts = page.getByLabel('Activity', { exact: true })
  await acts.selectOption({ index: 1 })
  const chosen = await acts.inputValue()
  letThrough()
  await expect.poll(() => new URL(page.url()).search).toContain(encodeURIComponent(chosen))
  await expect(acts).toHaveValue(chosen)
})

for (const [when, open] of EARLY)
  test(`a prompt, a ratio and a press ${when} are taken over`, async ({ page }) => {
    const team = await makeTeam(page)
    const { letThrough } = await open(page, `${team}/create`)
    await page.getByRole('textbox', { name: 'Prompt' }).fill('a heron in the reeds')
    await page.getByText('16:9', { exact: true }).click()
    await page.getByRole('button', { name: 'Campaign set' }).click()
    letThrough()
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue('a heron in the reeds')
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue('a heron in the reeds')
    await expect(page.getByRole('radio', { name: '16:9' })).toBeChecked()
  })

for (const [when, open] of EARLY)
  test(`a shortcut that is pressed ${when} is taken over`, async ({ page }) => {
    const team = await makeTeam(page)
    const first = await open(page, `${team}/gallery`)
    await page.locator('main').waitFor()
    await page.keyboard.press('Control+k')
    first.letThrough()
    await expect(page.getByRole('dialog', { name: 'Jump to' })).toBeVisible()
  })
