import { expect } from '@playwright/test'
import { findings } from '@/e2e/support/axe'
import { test } from '@/e2e/support/browser-test'
import { joinWith } from '@/e2e/support/guest'
import { callerFor, makeImages, makeTeam } from '@/e2e/support/seeded-studio'

const ONE = 'flm-story-key-one'
const TWO = 'flm-story-key-two'

test('an owner adds a key, replaces it and removes it, and never sees it again', async ({ page }) => {
  const team = await makeTeam(page)
  await page.goto(`${team}/settings/connection`)
  await expect(page.getByText('Sandbox: placeholder images')).toBeVisible()
  expect(await findings(page)).toEqual([])
  const own = page.locator('section', { has: page.getByRole('heading', { name: 'This team’s own key' }) })
  await own.getByLabel('Flamel API key').fill('flm with a blank')
  await own.getByRole('button', { name: 'Test and save' }).click()
  await expect(own.getByRole('alert')).toContainText('can’t be a key')
  await own.getByLabel('Flamel API key').fill(ONE)
  await own.getByRole('button', { name: 'Test and save' }).click()
  await expect(own.getByText('Key ending in -one')).toBeVisible()
  await expect(page.getByText('Flamel, with this team’s own key')).toBeVisible()
  await expect(page.getByText('Sandbox mode.')).toBeHidden()
  expect(await page.content()).not.toContain(ONE)
  await own.getByRole('button', { name: 'Replace' }).click()
  await expect(own.getByLabel('Flamel API key')).toBeFocused()
  await own.getByLabel('Flamel API key').fill(TWO)
  await own.getByRole('button', { name: 'Test and save' }).click()
  await expect(own.getByText('Key ending in -two')).toBeVisible()
  await page.getByRole('radio', { name: 'Sandbox, for training' }).check()
  await expect(page.getByText('Sandbox mode.')).toBeVisible()
  await own.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(own.getByText('Key ending in')).toBeHidden()
  await page.goto(`${team}/settings/audit`)
  await expect(page.getByText('removed the Flamel API key ending in -two')).toBeVisible()
})

test('another browser hears that the key is another one, and offers nothing that needs the one before', async ({
  page,
  browser,
  baseURL,
}) => {
  const team = await makeTeam(page)
  await makeImages(page, team, { sample: 1 })
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role: 'admin' })
  const guest = await joinWith(`${baseURL}${path}`, browser, '이하린')
  await guest.page.goto(`${baseURL}${team}/create`)
  const vary = guest.page.getByRole('button', { name: /^변형/ })
  await expect(vary.first()).toBeVisible()
  await expect(guest.page.getByText('연습 모드예요.')).toBeVisible()

  await page.goto(`${team}/settings/connection`)
  const own = page.locator('section', { has: page.getByRole('heading', { name: 'This team’s own key' }) })
  await own.getByLabel('Flamel API key').fill(ONE)
  await own.getByRole('button', { name: 'Test and save' }).click()
  await expect(own.getByText('Key ending in -one')).toBeVisible()

  await expect(vary).toHaveCount(0)
  await expect(guest.page.getByText('연습 모드예요.')).toBeHidden()
  await guest.page.goto(`${baseURL}${team}/settings/connection`)
  await expect(guest.page.getByText('Flamel, 이 팀의 키')).toBeVisible()
  await expect(guest.page.getByText('소유자만 변경할 수 있어요.')).toBeVisible()
  await own.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(guest.page.getByText('Flamel, 이 팀의 키')).toBeHidden()
  await expect(guest.page.getByText('연습 모드: 연습용 이미지')).toBeVisible()
  await guest.page.goto(`${baseURL}${team}/settings/audit`)
  await expect(guest.page.getByText('님이 -one 끝자리 Flamel API 키를 삭제했어요')).toBeVisible()
  await guest.close()
})
