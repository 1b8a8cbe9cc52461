import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { card, isAlive, make, openCreate, promptBox, unique } from './support/create-page'
import { holdFrames } from './support/held-frames'
import { holdRequests } from './support/held-requests'
import { openAlive } from './support/open-alive'
import { callerFor, makeTeam } from './support/seeded-studio'

/** Presses Enter and types, all before a frame is drawn; then the prompt must be that, and the caret stand behind what was typed. */
async function expectTyped(page: Page, { behind, then = '' }: { behind: string; then?: string }) {
  const frames = await holdFrames(page)
  await page.keyboard.press('Enter')
  await page.keyboard.type(', typed')
  await frames.letThrough()
  await expect(promptBox(page)).toHaveValue(`${behind}, typed${then}`)
  await page.keyboard.type(' on')
  await expect(promptBox(page)).toHaveValue(`${behind}, typed on${then}`)
}

/** Types between what stands before and behind the caret. */
async function typeWithin(page: Page, typed: string, { before, then }: { before: string; then: string }) {
  await promptBox(page).fill(before + then)
  for (const _ of then) await promptBox(page).press('ArrowLeft')
  await page.keyboard.type(typed)
}

/** Completes the template named dusk within the prompt, and types behind it. */
async function completeDusk(page: Page) {
  const then = ' with gulls'
  await typeWithin(page, '#du', { before: 'a harbor ', then })
  await expect(page.getByRole('option', { name: 'dusk' })).toHaveAttribute('aria-selected', 'true')
  await expectTyped(page, { behind: 'a harbor at dusk', then })
}

test('what is typed right behind a completed template stands behind it, within the prompt too', async ({
  page,
}) => {
  const team = await openCreate(page)
  const call = callerFor(page, team)
  await call('/api/v1/prompt-templates', { name: 'dusk', text: 'at dusk' })
  await call('/api/v1/prompt-templates', { name: 'made', text: 'of {material}' })
  await page.reload()
  await isAlive(page)
  await completeDusk(page)

  const then = ' with gulls'
  await typeWithin(page, '#ma', { before: 'a cup ', then })
  await page.getByRole('option', { name: 'made' }).click()
  await page.getByLabel('material').fill('clay')
  await expectTyped(page, { behind: 'a cup of clay', then })
})

test('in the sheet of a phone what is typed behind a completed template stands behind it, too', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const team = await makeTeam(page)
  await callerFor(page, team)('/api/v1/prompt-templates', { name: 'dusk', text: 'at dusk' })
  await openAlive(page, `${team}/create`)
  await page.getByRole('button', { name: 'Open prompt' }).click()
  await completeDusk(page)
  await context.close()
})

test('what is typed right behind a press that fills the prompt goes into it', async ({ page }) => {
  await openCreate(page)
  const prompt = unique('a brass bell')
  await make(page, prompt)

  await page.getByRole('button', { name: 'Prompts and templates' }).click()
  await page.getByRole('button', { name: `Use: ${prompt}` }).focus()
  await expectTyped(page, { behind: prompt })
  await page.getByRole('button', { name: 'Undo' }).focus()

  await card(page, prompt).getByRole('button', { name: 'Actions for image 1' }).click()
  await page.getByRole('menuitem', { name: 'Reuse prompt' }).focus()
  await expectTyped(page, { behind: prompt })

  await promptBox(page).fill('words of my own')
  await page.getByRole('button', { name: 'Enhance' }).click()
  const proposal = page.getByRole('region', { name: 'Enhanced prompt' })
  await expect(proposal.getByRole('button', { name: 'Apply' })).toBeFocused()
  await proposal.getByRole('button', { name: 'Discard' }).focus()
  await expectTyped(page, { behind: 'words of my own' })
})

test('an answer that arrives while a person types leaves them in the prompt', async ({ page }) => {
  await openCreate(page)
  await promptBox(page).fill('a red boat')
  // a screen reader tells what changes in what is there, so it must be there before
  const told = page.locator('textarea[data-prompt] >> xpath=following::p[@aria-live="polite"][1]')
  await expect(told).toBeEmpty()
  const answer = await holdRequests(page, '**/api/v1/prompts/enhance')
  await page.getByRole('button', { name: 'Enhance' }).click()
  await promptBox(page).focus()
  await page.keyboard.type(' in')
  answer.letThrough()
  await expect(page.getByRole('region', { name: 'Enhanced prompt' })).toBeVisible()
  await expect(told).toHaveText('Enhanced prompt')
  await page.keyboard.type(' the bay')
  await expect(promptBox(page)).toHaveValue('a red boat in the bay')
})
