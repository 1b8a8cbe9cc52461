import { expect, type Page } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { IN_TIME, unique } from './support/create-page'
import { joinWith } from './support/guest'
import { callerFor, makeTeam } from './support/seeded-studio'

/** Sets the team's budget in the settings, as an admin does. */
async function setTeamBudget(page: Page, team: string, limit: string) {
  await page.goto(`${team}/settings/budgets`)
  await page.getByRole('button', { name: 'New budget' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Limit').fill(limit)
  expect(await findings(page)).toEqual([])
  await form.getByRole('button', { name: 'Set budget' }).click()
  await expect(form).toBeHidden()
}

test('a budget says before anything is sent that it does not cover it; more is asked for, granted, and used at once', async ({
  page,
  browser,
  baseURL,
}) => {
  const team = await makeTeam(page)
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'member' })
  const name = `이하린 ${Date.now() % 100_000}`
  const guest = await joinWith(`${baseURL}${path}`, browser, name)
  await setTeamBudget(page, team, '3')
  await expect(page.getByRole('main')).toContainText('3 left')

  const prompt = unique('갈대 사이의 왜가리')
  await guest.page.goto(`${baseURL}${team}/create`)
  await guest.page.getByRole('button', { name: /^스타일 변경/ }).waitFor()
  const box = guest.page.getByRole('textbox', { name: '프롬프트' })
  await box.fill(prompt)
  await expect(
    guest.page.getByText(/^팀 예산이 부족해요\. 이미지 4장이 필요한데 .* 3장 중 3장 남았어요\./),
  ).toBeVisible()
  await guest.page.getByRole('button', { name: '더 요청하기' }).click()
  const asking = guest.page.getByRole('dialog')
  await asking.getByRole('textbox').fill('봄 캠페인')
  expect(await findings(guest.page)).toEqual([])
  await asking.getByRole('button').last().click()
  await expect(guest.page.getByText('관리자에게 요청했어요.')).toBeVisible()
  await expect(box).toHaveValue(prompt)

  await page.getByRole('button', { name: /^Notifications, \d+ new$/ }).click()
  const notifications = page.getByRole('dialog', { name: 'Notifications' })
  const told = notifications.getByRole('link').filter({ hasText: `${name} asks for more budget` })
  await expect(told).toContainText('New')
  expect(await findings(page)).toEqual([])
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toHaveCount(1) // all are seen
  const button = page.getByRole('button', { name: /^Notifications/ })
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await button.click()
  await expect(told).not.toContainText('New')
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()

  const request = page.getByRole('listitem').filter({ hasText: `${name} asks for more` })
  await expect(request).toContainText('봄 캠페인')
  await request.getByRole('button', { name: 'Give 2 images more' }).click()
  await expect(request).toContainText('granted')
  await expect(guest.page.getByText(/^팀 예산이 부족해요/)).toHaveCount(0)
  await guest.page.getByRole('button', { name: /^알림, 새 알림 \d+개$/ }).click()
  await expect(guest.page.getByRole('dialog', { name: '알림' }).getByRole('link')).toContainText(
    '예산을 더 받았어요',
  )
  await guest.page.keyboard.press('Escape')
  await box.press('Control+Enter')
  await expect(
    guest.page.getByRole('article', { name: prompt }).getByRole('link', { name: /열기/ }),
  ).toHaveCount(4, IN_TIME)
  await expect(page.getByRole('main')).toContainText('1 left')

  await guest.page.goto(`${baseURL}${team}/settings/budgets`)
  await expect(guest.page.getByRole('heading', { name: '예산', exact: true, level: 1 })).toBeVisible()
  await expect(guest.page.getByRole('button', { name: '새 예산' })).toHaveCount(0)
  expect(await findings(guest.page)).toEqual([])
  await guest.close()
})
