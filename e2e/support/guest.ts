import type { Browser, Page } from '@playwright/test'

export const GUEST_PASSWORD = 'persimmon under the eaves'

/** Somebody Korean who follows an invitation link and makes an account, in a browser of their own. */
export async function joinWith(link: string, browser: Browser, name: string) {
  const context = await browser.newContext({ locale: 'ko-KR' })
  const page: Page = await context.newPage()
  const email = `guest-${Date.now()}-${Math.random().toString(36).slice(2)}@example.test`
  await page.goto(link)
  await page.getByLabel('이름').fill(name)
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await page.getByRole('button', { name: '계정 만들고 참여하기' }).click()
  await page.waitForURL(/\/create/)
  return { page, email, close: () => context.close() }
}
