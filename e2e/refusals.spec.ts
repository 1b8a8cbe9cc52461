import { expect, type Page } from '@playwright/test'
import english from '../messages/en/refusals.json'
import korean from '../messages/ko/refusals.json'
import { test } from './support/browser-test'
import { isAlive } from './support/create-page'
import { makeTeam, prefer } from './support/seeded-studio'

const CODES = [
  'invalid_prompts',
  'nsfw_image',
  'wrong_api_key',
  'api_key_expired',
  'not_logged_in',
  'not_enough_credit',
  'premium_collection',
  'failed_billing',
  'need_upgrade',
  'not_owned_style',
  'no_style_with_that_id',
  'no_input_image',
  'missing_dynamic_params',
  'no_ref_style_in_admin',
  'no_b2b_style',
  'no_enabled_style_in_admin',
  'unknown_model',
] as const

/** In a team of its own: what is refused offers buttons in the feed, among which others would look for theirs. */
async function openCreate(page: Page, locale: 'ko' | 'en') {
  await prefer(page.context(), { locale, theme: 'dark' })
  await page.goto(`${await makeTeam(page)}/create`)
  await isAlive(page)
}

for (const [locale, sentences] of [
  ['en', english],
  ['ko', korean],
] as const) {
  test(`every refusal says what happened, that nothing was charged and what next (${locale})`, async ({
    page,
  }) => {
    test.setTimeout(180_000)
    await openCreate(page, locale)
    const box = page.locator('textarea[data-prompt]')
    for (const code of CODES) {
      const prompt = `${Math.random().toString(36).slice(2)} #sandbox:${code}`
      await box.fill(prompt)
      await box.press('Control+Enter')
      const card = page.getByRole('article', { name: prompt })
      await expect(card.getByRole('heading', { name: sentences[code].title })).toBeVisible({
        timeout: 30_000,
      })
      await expect(card).toContainText(sentences[code].next)
      await expect(card).toContainText(sentences.charged.no)
      await expect(box).toHaveValue(prompt)
    }
  })

  test(`the refusal that only means waiting says so, and the images come (${locale})`, async ({ page }) => {
    await openCreate(page, locale)
    const prompt = `${Math.random().toString(36).slice(2)} #sandbox:simultaneous_generation_limit #sandbox:times=3`
    const box = page.locator('textarea[data-prompt]')
    await box.fill(prompt)
    await box.press('Control+Enter')
    const card = page.getByRole('article', { name: prompt })
    // three times, 2, 4 and 8 seconds: a slow page sees it too
    await expect(card).toContainText(sentences.waiting.simultaneous_generation_limit, { timeout: 60_000 })
    await expect(card.locator('img')).toHaveCount(4, { timeout: 60_000 })
  })
}
