import { expect, type Browser, type Page } from '@playwright/test'
import { addDevice, makeApp } from './support/authenticator'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { GUEST_PASSWORD, joinWith } from './support/guest'
import { makeTeam, prefer } from './support/seeded-studio'

/** A Korean member of a new team of the second owner, whose page is `page`. */
async function makeMember(page: Page, browser: Browser) {
  const team = await makeTeam(page)
  await page.goto(`${team}/settings/members`)
  await page.getByRole('button', { name: 'Create invite link' }).click()
  const link = await page.getByRole('status').getByRole('textbox', { name: 'Copy link' }).inputValue()
  const name = `최유나 ${Date.now() % 100_000}`
  return { team, name, member: await joinWith(link, browser, name) }
}

/** Sets an authenticator app up in the open dialog or page; returns it with the recovery codes. */
async function setUpApp(page: Page) {
  await page.getByRole('button', { name: '계속', exact: true }).click()
  const key = await page
    .locator('code')
    .filter({ hasText: /^[A-Z2-7 ]{32,}$/ })
    .innerText()
  const app = makeApp(key)
  await expect(page.getByRole('img', { name: '인증 앱용 QR 코드' })).toBeVisible()
  await page.getByLabel('6자리 코드').fill('000000')
  await page.getByRole('button', { name: '사용하기' }).click()
  await expect(page.getByText('코드가 올바르지 않아요.', { exact: false })).toBeVisible()
  await page.getByLabel('6자리 코드').fill(app.code())
  await page.getByRole('button', { name: '사용하기' }).click()
  const items = page.getByRole('list', { name: '복구 코드' }).getByRole('listitem')
  await expect(items).toHaveCount(10)
  const codes = await items.allInnerTexts()
  return { app, codes }
}

async function giveSetUp(page: Page, team: string) {
  await page.goto(`${team}/settings/profile`)
  await page.getByRole('button', { name: '인증 앱 설정' }).click()
  const made = await setUpApp(page)
  await page.getByRole('button', { name: '저장했어요' }).click()
  await expect(page.getByText('코드 10개 남음')).toBeVisible()
  return made
}

async function signOut(page: Page) {
  await page.context().clearCookies()
  await prefer(page.context(), { locale: 'ko', theme: 'light' })
  await page.goto('/sign-in')
}

async function giveThePassword(page: Page, email: string) {
  await page.getByLabel('이메일').fill(email)
  await page.getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
}

async function giveCode(page: Page, label: string, code: string) {
  await page.getByLabel(label).fill(code)
  await page.getByRole('button', { name: '로그인', exact: true }).click()
}

const isIn = (page: Page) => page.waitForURL(/\/t\/[^/]+\/create/)

test('an app is set up, asked for at sign-in, stood in for by a recovery code once, and removed', async ({
  page,
  browser,
}) => {
  const { team, member } = await makeMember(page, browser)
  const { app, codes } = await giveSetUp(member.page, team)

  await signOut(member.page)
  await giveThePassword(member.page, member.email)
  await expect(member.page.getByRole('heading', { name: '2단계 인증' })).toBeVisible()
  expect(await findings(member.page)).toEqual([])
  await giveCode(member.page, '6자리 코드', '123456')
  await expect(member.page.getByText('코드가 올바르지 않거나', { exact: false })).toBeVisible()
  await giveCode(member.page, '6자리 코드', app.code())
  await isIn(member.page)

  for (const isFirst of [true, false]) {
    await signOut(member.page)
    await giveThePassword(member.page, member.email)
    await member.page.getByRole('button', { name: '복구 코드 사용' }).click()
    await giveCode(member.page, '복구 코드', codes[0] ?? '')
    if (isFirst) await isIn(member.page)
  }
  await expect(member.page.getByText('코드가 올바르지 않거나', { exact: false })).toBeVisible()
  await giveCode(member.page, '복구 코드', codes[1] ?? '')
  await isIn(member.page)

  await member.page.goto(`${team}/settings/profile`)
  await expect(member.page.getByText('코드 8개 남음')).toBeVisible()
  await member.page.getByRole('button', { name: '인증 앱 삭제' }).click()
  await member.page.getByRole('dialog').getByLabel('비밀번호', { exact: true }).fill('not the password')
  await member.page.getByRole('dialog').getByRole('button', { name: '삭제', exact: true }).click()
  await expect(member.page.getByText('올바르지 않아요.', { exact: false })).toBeVisible()
  await member.page.getByRole('dialog').getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await member.page.getByRole('dialog').getByRole('button', { name: '삭제', exact: true }).click()
  await expect(member.page.getByText('설정 안 됨')).toBeVisible()
  await signOut(member.page)
  await giveThePassword(member.page, member.email)
  await isIn(member.page)
  await member.close()
})

test('a passkey is added, renamed, signs in alone, and is removed', async ({ page, browser }) => {
  const { team, member } = await makeMember(page, browser)
  const device = await addDevice(member.page)
  await member.page.goto(`${team}/settings/profile`)
  await member.page.getByRole('button', { name: '패스키 추가' }).click()
  await member.page.getByRole('dialog').getByRole('button', { name: '계속' }).click()
  await member.page.getByRole('button', { name: '저장했어요' }).click()
  await member.page.getByRole('button', { name: /이름 변경$/ }).click()
  await member.page.getByRole('dialog').getByLabel('이름').fill('회사 노트북')
  await member.page.getByRole('dialog').getByRole('button', { name: '저장' }).click()
  await expect(member.page.getByRole('button', { name: '회사 노트북 삭제' })).toBeVisible()
  await expect(member.page.getByText('아직 사용 안 함')).toBeVisible()

  await signOut(member.page)
  await member.page.getByRole('button', { name: '패스키로 로그인' }).click()
  await isIn(member.page)

  await signOut(member.page)
  await giveThePassword(member.page, member.email)
  await expect(member.page.getByRole('heading', { name: '2단계 인증' })).toBeVisible()
  await member.page.getByRole('button', { name: '패스키로 로그인' }).click()
  await isIn(member.page)

  // a device that does not verify its user is refused by the browser itself
  const { session, authenticatorId } = device
  await signOut(member.page)
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await member.page.getByRole('button', { name: '패스키로 로그인' }).click()
  await expect(member.page.getByText('패스키를 사용하지 않았어요.', { exact: false })).toBeVisible()
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await member.page.getByRole('button', { name: '패스키로 로그인' }).click()
  await isIn(member.page)

  await member.page.goto(`${team}/settings/profile`)
  await member.page.getByRole('button', { name: '회사 노트북 삭제' }).click()
  await member.page.getByRole('dialog').getByRole('button', { name: '패스키로 확인' }).click()
  await expect(member.page.getByText('패스키를 삭제했어요')).toBeVisible()
  await signOut(member.page)
  await member.page.getByRole('button', { name: '패스키로 로그인' }).click()
  await expect(member.page.getByText('등록되지 않은 패스키예요.', { exact: false })).toBeVisible()
  await giveThePassword(member.page, member.email)
  await isIn(member.page)
  await member.close()
})

test('who lost the device is reset by the owner, signs in by password, and is told', async ({
  page,
  browser,
}) => {
  const { team, name, member } = await makeMember(page, browser)
  await giveSetUp(member.page, team)
  const row = page.getByRole('row', { name: new RegExp(name) })
  await expect(row.getByText('Two-step')).toBeVisible()
  await row.getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: 'Reset two-step sign-in' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
  await expect(page.getByText(/is reset/)).toBeVisible()
  await expect(row.getByText('Two-step')).toBeHidden()

  await member.page.waitForURL(/\/sign-in/)
  await giveThePassword(member.page, member.email)
  await member.page.waitForURL(/\/t\//)
  await member.page.getByRole('link', { name: '확인하기' }).click()
  await expect(member.page.getByText('2단계 인증이 꺼졌어요')).toBeVisible()
  await member.page.getByRole('button', { name: '확인했어요' }).click()
  await expect(member.page.getByText('2단계 인증이 꺼졌어요')).toBeHidden()
  await expect(member.page.getByRole('link', { name: '확인하기' })).toBeHidden()
  await page.goto(`${team}/settings/audit`)
  await expect(page.getByText(/reset the two-step sign-in of/)).toBeVisible()
  await expect(page.getByText('set up an authenticator app')).toBeVisible()
  await member.close()
})

/** A Korean owner of a team that nobody else is in: what they demand meets no other story's people. */
async function makeOwner(page: Page, browser: Browser) {
  const { team, member: owner } = await makeMember(page, browser)
  const slug = team.split('/').at(-1) ?? ''
  const headers = { origin: new URL(page.url()).origin, 'x-studio-team': slug }
  const { id, teams } = await (await owner.page.request.get('/api/v1/me')).json()
  const teamId: string = teams[0].id
  const transfer = await page.request.post(`/api/v1/teams/${teamId}/transfer`, {
    data: { userId: id },
    headers,
  })
  expect(transfer.status()).toBe(204)
  const me = await (await page.request.get('/api/v1/me')).json()
  expect((await page.request.delete(`/api/v1/members/${me.id}`, { headers })).status()).toBe(204)
  return { team, owner }
}

test('a team that demands it leads who has none to the setup while they work, and back', async ({
  page,
  browser,
}) => {
  const { team, owner } = await makeOwner(page, browser)
  await addDevice(owner.page)
  await owner.page.goto(`${team}/settings/members`)
  await owner.page.getByRole('button', { name: '초대 링크 만들기' }).click()
  const link = await owner.page.getByRole('status').getByRole('textbox').inputValue()
  const member = await joinWith(link, browser, '한지우')
  await member.page.goto(`${team}/gallery`)

  await owner.page.goto(`${team}/settings/team`)
  await expect(owner.page.getByText('먼저 내 2단계 인증을 설정해 주세요.')).toBeVisible()
  await owner.page.getByRole('link', { name: '프로필 열기' }).click()
  await owner.page.getByRole('button', { name: '패스키 추가' }).click()
  await owner.page.getByRole('dialog').getByRole('button', { name: '계속' }).click()
  await owner.page.getByRole('button', { name: '저장했어요' }).click()
  await owner.page.goto(`${team}/settings/team`)
  await owner.page.getByText('2단계 인증 필수').click()
  await owner.page.getByRole('dialog').getByRole('button', { name: '필수로 하기' }).click()

  await member.page.waitForURL(/\/two-step\?next=/)
  await member.page.goto(`${team}/gallery`)
  await member.page.waitForURL(/\/two-step\?next=/)
  expect(await findings(member.page)).toEqual([])
  await setUpApp(member.page)
  await member.page.getByRole('button', { name: '저장했어요' }).click()
  await member.page.waitForURL(`**${team}/gallery`)
  await owner.page.reload()
  await expect(owner.page.getByText('모든 멤버가 설정했어요.', { exact: false })).toBeVisible()
  await member.close()
  await owner.close()
})
