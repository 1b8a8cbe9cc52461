import { expect, type Page } from '@playwright/test'
import { OWNER } from './owner'
import { makeTeam } from './seeded-studio'

export async function signIn(page: Page, { email, password } = OWNER) {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The create page, alive, in a team of the test's own, whose path it returns: what others make, change and are told of is not in it. */
export async function openCreate(page: Page): Promise<string> {
  const team = await makeTeam(page)
  await page.goto(`${team}/create`)
  await isAlive(page)
  return team
}

/** The style comes in once the page has come alive: from then on keys and presses are heard. */
export const isAlive = (page: Page) =>
  expect(page.getByRole('button', { name: /^(Change style|스타일 변경)/ })).toBeVisible(IN_TIME)
export const promptBox = (page: Page) => page.getByRole('textbox', { name: 'Prompt' })
export const card = (page: Page, prompt: string) => page.getByRole('article', { name: prompt })
/** The form's, not that of a refusal in the feed, which offers fewer images. */
export const generate = (page: Page) => page.getByRole('button', { name: /^Generate \d+ image/ })
/** A prompt of its own; the sandbox's plain painter answers quickly. */
export const unique = (words: string) => `${words} ${Math.random().toString(36).slice(2, 9)} #sandbox:plain`
export const images = (page: Page, prompt: string) =>
  card(page, prompt).getByRole('link', { name: /^Open image/ })
export const IN_TIME = { timeout: 90_000 }

/** Writes the prompt, generates, and waits for its images. */
export async function make(page: Page, prompt: string) {
  await promptBox(page).fill(prompt)
  await promptBox(page).press('Control+Enter')
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
}

/** What a run is told to have cost: that is known only where no other overlapped it, and others run beside this test. */
export const tellPrice = (page: Page, price: { sample: number; credits: number }) =>
  page.route('**/api/v1/credits', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), prices: [price] } })
  })

/** How many requests to a path leave the page, by method. */
export function countRequests(page: Page, method: string, path: RegExp): () => number {
  let count = 0
  page.on('request', (request) => {
    if (
      request.method() === method &&
      path.test(new URL(request.url()).pathname + new URL(request.url()).search)
    )
      count += 1
  })
  return () => count
}
