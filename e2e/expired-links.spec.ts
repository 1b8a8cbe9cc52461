import { expect, type Page } from '@playwright/test'
import pg from 'pg'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { GUEST_PASSWORD, joinWith } from './support/guest'
import { callerFor, makeTeam } from './support/seeded-studio'

/** Time passes for links of that table until each is too old by a minute. */
async function letExpire(table: 'Invitation' | 'AccountLink', id: string) {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL })
  await client.connect()
  const column = table === 'Invitation' ? 'id' : '"userId"'
  const sql = `UPDATE "${table}" SET "expiresAt" = now() - interval '1 minute' WHERE ${column} = $1`
  const { rowCount } = await client.query(sql, [id]).finally(() => client.end())
  expect(rowCount).toBe(1)
}

async function idOf(page: Page, team: string, email: string): Promise<string> {
  const headers = { 'x-studio-team': team.split('/').at(-1) ?? '' }
  const { items } = await (await page.request.get('/api/v1/members', { headers })).json()
  return items.find((member: { email: string }) => member.email === email).id
}

test('an invitation and a reset link that are too old change nothing, say so, and name a way on', async ({
  page,
  browser,
}) => {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const invited = await call('/api/v1/invitations', { role: 'member' })
  await letExpire('Invitation', invited.id)
  const { path } = await call('/api/v1/invitations', { role: 'member' })
  const guest = await joinWith(path, browser, '이하린')
  await guest.page.goto(invited.path)
  await expect(guest.page.getByText('만료된 초대예요')).toBeVisible()
  expect(await findings(guest.page)).toEqual([])

  const userId = await idOf(page, team, guest.email)
  const reset = await call(`/api/v1/members/${userId}/password-link`, {})
  await guest.page.goto(reset.path)
  await guest.page.getByLabel('비밀번호', { exact: true }).fill('a password that never counts')
  await letExpire('AccountLink', userId)
  await guest.page.getByRole('button', { name: '비밀번호 변경' }).click()
  await expect(guest.page.getByRole('alert').filter({ hasText: '만료됐어요' })).toBeVisible()
  await guest.page.reload()
  await expect(guest.page.getByRole('heading', { name: '사용할 수 없는 링크예요' })).toBeVisible()
  expect(await findings(guest.page)).toEqual([])
  await guest.page.context().clearCookies()
  await guest.page.goto('/sign-in')
  await guest.page.getByLabel('이메일').fill(guest.email)
  await guest.page.getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await guest.page.getByRole('button', { name: '로그인', exact: true }).click()
  await guest.page.waitForURL(/\/create/)
  await guest.close()
})
