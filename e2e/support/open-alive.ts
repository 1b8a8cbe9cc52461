import type { Page } from '@playwright/test'

/** Opens a page of the studio; from its first answer to what was missed on, it hears keys and changes. */
export async function openAlive(page: Page, path: string) {
  await page.goto('about:blank') // an answer to the page before would say nothing of this one
  const alive = page.waitForResponse((answer) => answer.url().includes('/api/v1/events?since='))
  await page.goto(path)
  await alive
}
