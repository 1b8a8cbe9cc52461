import { expect, type Browser, type Page } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { IN_TIME, unique } from './support/create-page'
import { joinWith } from './support/guest'
import { callerFor, makeTeam, prefer } from './support/seeded-studio'

const row = (page: Page, prompt: string) => page.getByRole('listitem').filter({ hasText: prompt })

async function teamOfTwo(page: Page, browser: Browser, baseURL: string | undefined) {
  const team = await makeTeam(page)
  const ask = callerFor(page, team)
  const { path } = await ask('/api/v1/invitations', { role: 'member' })
  return { team, ask, guest: await joinWith(`${baseURL}${path}`, browser, '이하린') }
}

test('an admin pauses the queue, puts one first and lets it go on; a member sees all of it', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, ask, guest } = await teamOfTwo(page, browser, baseURL)
  const [first, second] = [unique('a heron in the reeds'), unique('a fox in the snow')]
  await page.goto(`${team}/settings/queue`)
  await expect(page.getByText('Nothing is waiting.')).toBeVisible()
  await page.getByText('Paused', { exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is sent' })).toBeVisible()
  for (const prompt of [first, second])
    await ask('/api/v1/generations', { prompt, ratio: '1:1', styleId: 101, sample: 1 })
  await expect(row(page, second)).toContainText('paused')
  await expect(page.getByRole('link', { name: 'Paused · 2 unfinished' })).toBeVisible()

  await guest.page.goto(`${baseURL}${team}/settings/queue`)
  await expect(guest.page.getByRole('status').filter({ hasText: '일시 중지' })).toBeVisible()
  await expect(row(guest.page, first)).toBeVisible()
  await expect(guest.page.getByRole('main').getByRole('button')).toHaveCount(0)

  await page.getByRole('button', { name: `Move to front: ${second}` }).click()
  await expect(page.getByRole('listitem').filter({ hasText: '#sandbox' }).first()).toContainText(second)
  await expect(guest.page.getByRole('listitem').filter({ hasText: '#sandbox' }).first()).toContainText(second)
  await page.getByRole('button', { name: `Cancel: ${first}` }).click()
  await expect(row(page, first)).toHaveCount(0)
  expect(await findings(page)).toEqual([])
  await page.getByText('Running', { exact: true }).click()
  await expect(page.getByText('Nothing is waiting.')).toBeVisible(IN_TIME)
  await expect(guest.page.getByText('기다리는 것이 없어요.')).toBeVisible(IN_TIME)
  await guest.close()
})

test('what is asked of a draining queue is refused, and the prompt stays', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, ask, guest } = await teamOfTwo(page, browser, baseURL)
  await guest.page.goto(`${baseURL}${team}/create`)
  await guest.page.getByRole('button', { name: /^스타일 변경/ }).waitFor()
  await ask('/api/v1/queue', { mode: 'draining' }, 'PATCH')
  const box = guest.page.getByRole('textbox', { name: '프롬프트' })
  await box.fill('눈 덮인 골목')
  await box.press('Control+Enter')
  await expect(guest.page.getByText('관리자가 새 요청을 잠시 막았어요.').first()).toBeVisible()
  await expect(box).toHaveValue('눈 덮인 골목')
  await expect(guest.page.getByText('비우는 중').first()).toBeVisible()
  await ask('/api/v1/queue', { mode: 'open' }, 'PATCH')
  await expect(guest.page.getByText('비우는 중')).toHaveCount(0)
  await box.press('Control+Enter')
  await expect(guest.page.getByRole('article', { name: '눈 덮인 골목' })).toBeVisible(IN_TIME)
  await guest.close()
})

for (const locale of ['en', 'ko'])
  test(`what waits has its place in the bar of the smallest phone (${locale})`, async ({ page }) => {
    const team = await makeTeam(page)
    const call = callerFor(page, team)
    await call('/api/v1/queue', { mode: 'paused' }, 'PATCH')
    await call('/api/v1/generations', { prompt: 'a heron', styleId: 101, ratio: '1:1', sample: 1 })
    await prefer(page.context(), { locale, theme: 'dark' })
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${team}/create`)
    const account = page.getByRole('button', { name: /(account and teams|계정과 팀)$/ })
    await expect(page.getByText(/1 unfinished|미완료 1건/).first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    expect(await account.evaluate((button) => button.getBoundingClientRect().right)).toBeLessThanOrEqual(320)
  })
