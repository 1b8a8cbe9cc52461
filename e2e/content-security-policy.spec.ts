import { expect } from '@playwright/test'
import { test } from './support/browser-test'
import { OWNER } from './support/owner'

test(
  'a script that the server did not send does not run, and the browser tests notice',
  { tag: '@chromium' },
  async ({ page, watched }) => {
    await page.goto('/sign-in')
    const isRun = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.isHit = true'
      document.body.append(script)
      return 'isHit' in window
    })
    expect(isRun).toBe(false)
    await expect.poll(() => watched.length).toBe(2) // the browser's own report and the page's event, in any order
    expect(watched.join('\n')).toMatch(/script-src/)
    watched.length = 0
  },
)

test('a page answers with a policy whose nonce is new each time and on every script', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/create/)
  const nonces = new Set<string>()
  for (const address of [page.url(), page.url().replace('/create', '/gallery'), '/no-such-page', '/s/none']) {
    const answer = await page.request.get(address)
    const policy = answer.headers()['content-security-policy'] ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(policy).not.toMatch(/script-src[^;]*(unsafe-inline|unsafe-eval)/)
    expect(nonce.length).toBeGreaterThan(20)
    nonces.add(nonce)
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
  }
  expect(nonces.size).toBe(4)
})
