import { readFile } from 'node:fs/promises'
import { expect, type Browser, type Page } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { GUEST_PASSWORD, joinWith } from './support/guest'
import { callerFor, makeImages, makeTeam, originOf } from './support/seeded-studio'
import { unzip } from './support/unzip'

/** A team of its own with a Korean guest who made an image and shares it. */
async function teamWithGuest(page: Page, browser: Browser, role = 'member') {
  const team = await makeTeam(page)
  const { path } = await callerFor(page, team)('/api/v1/invitations', { role })
  const name = `이하린 ${Date.now() % 100_000}`
  const guest = await joinWith(path, browser, name)
  const generation = await makeImages(guest.page, team, { prompt: '감나무 아래 #sandbox:plain', sample: 1 })
  const target = { kind: 'image', id: generation.images[0].id }
  const { url } = await callerFor(guest.page, team)('/api/v1/share-links', { target })
  return { team, name, guest, shared: new URL(url, await originOf(page)).pathname }
}

const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) })

async function choose(page: Page, name: string, entry: string) {
  await rowOf(page, name)
    .getByRole('button', { name: /^More for/ })
    .click()
  await page.getByRole('menuitem', { name: entry }).click()
}

test('who is removed while they work reads what happened; their link goes to an heir and stays open', async ({
  page,
  browser,
}) => {
  const { team, name, guest, shared } = await teamWithGuest(page, browser)
  await callerFor(guest.page, team)('/api/v1/api-keys', { name: 'Figma plugin', scopes: ['read'] })
  await guest.page.goto(`${team}/gallery`)
  await page.goto(`${team}/settings/members`)
  await choose(page, name, 'Remove from team')
  const dialog = page.getByRole('dialog', { name: `Remove ${name}?` })
  await expect(dialog.getByText('1 API key stops working: Figma plugin')).toBeVisible()
  const heirs = dialog.getByLabel('1 share link')
  await heirs.selectOption({ index: 1 })
  await expect(heirs.locator('option:checked')).toContainText('Hand over to')
  expect(await findings(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(rowOf(page, name)).toBeHidden()
  await expect(guest.page.getByRole('heading', { name: /팀의 멤버가 아니에요/ })).toBeVisible()
  await expect(guest.page.getByText('관리자가 팀에서 내보냈어요', { exact: false })).toBeVisible()
  expect(await findings(guest.page)).toEqual([])
  expect((await page.request.get(shared)).status()).toBe(200)
  await page.goto(`${team}/settings/audit?kind=member`)
  await expect(page.getByText(`removed ${name} from the team and moved 1 share link`)).toBeVisible()
  await guest.close()
})

test('who is deactivated reads so, keeps their paused link, and comes back', async ({ page, browser }) => {
  const { team, name, guest, shared } = await teamWithGuest(page, browser)
  await guest.page.goto(`${team}/gallery`)
  await page.goto(`${team}/settings/members`)
  await choose(page, name, 'Deactivate')
  const dialog = page.getByRole('dialog', { name: `Deactivate ${name}?` })
  await expect(dialog.getByLabel('1 share link')).toHaveValue('')
  await dialog.getByRole('button', { name: 'Deactivate' }).click()
  await expect(rowOf(page, name).getByText('Deactivated')).toBeVisible()
  await expect(guest.page.getByRole('heading', { name: /비활성화됐어요/ })).toBeVisible()
  expect((await page.request.get(shared)).status()).toBe(404)
  await choose(page, name, 'Reactivate')
  await expect(rowOf(page, name).getByText('Deactivated')).toBeHidden()
  expect((await page.request.get(shared)).status()).toBe(200)
  await guest.page.goto(`${team}/gallery`)
  await expect(guest.page.getByRole('link', { name: /감나무/ }).first()).toBeVisible()
  await guest.close()
})

test('somebody leaves by themselves, links to an admin, and reads that they left', async ({
  page,
  browser,
}) => {
  const { team, guest, shared } = await teamWithGuest(page, browser)
  await guest.page.goto(`${team}/settings/profile`)
  await guest.page.getByRole('button', { name: /에서 나가기$/ }).click()
  const dialog = guest.page.getByRole('dialog')
  await dialog.getByLabel('공유 링크 1개').selectOption({ index: 1 })
  await dialog.getByRole('button', { name: /에서 나가기$/ }).click()
  await expect(guest.page.getByText('참여한 팀이 없어요')).toBeVisible()
  expect((await page.request.get(shared)).status()).toBe(200)
  await guest.page.goto(`${team}/gallery`)
  await expect(guest.page.getByRole('heading', { name: /팀에서 나갔어요/ })).toBeVisible()
  await guest.close()
})

test('somebody changes their email for their password, and their admin can see that in the log', async ({
  page,
  browser,
}) => {
  const { team, name, guest } = await teamWithGuest(page, browser)
  await guest.page.goto(`${team}/settings/profile`)
  const section = guest.page
    .locator('section')
    .filter({ has: guest.page.getByRole('heading', { name: '이메일 변경' }) })
  const email = `new-${guest.email}`
  await section.getByLabel('새 이메일').fill(email)
  await section.getByLabel('비밀번호', { exact: true }).fill('not the password')
  await section.getByRole('button', { name: '이메일 변경' }).click()
  await expect(section.getByText('비밀번호가 올바르지 않아요.')).toBeVisible()
  await section.getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await section.getByRole('button', { name: '이메일 변경' }).click()
  await expect(guest.page.getByLabel('이메일', { exact: true })).toHaveValue(email)
  await page.goto(`${team}/settings/audit?kind=person`)
  await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toContainText(
    'changed their email',
  )
  await guest.close()
})

test('somebody takes their data along, deletes their account, and is a former member', async ({
  page,
  browser,
}) => {
  const { team, name, guest, shared } = await teamWithGuest(page, browser)
  await guest.page.goto(`${team}/settings/profile`)
  const download = guest.page.waitForEvent('download')
  await guest.page.getByRole('link', { name: '내 데이터 다운로드' }).click()
  const files = unzip(await readFile(await (await download).path()))
  const read = (file: string) => JSON.parse(files.get(file)?.toString() ?? 'null')
  expect(read('profile.json')).toMatchObject({ name, email: guest.email })
  const [generation] = read('generations/0001.json')
  expect(generation.prompt).toBe('감나무 아래 #sandbox:plain')
  expect(files.get(generation.images[0])?.subarray(8, 12).toString()).toBe('WEBP')
  expect(read('audit-log/0001.json').length).toBeGreaterThan(1)

  const section = guest.page
    .locator('section')
    .filter({ has: guest.page.getByRole('heading', { name: '계정 삭제' }) })
  await expect(section.getByRole('button', { name: '계정 삭제하기' })).toBeDisabled()
  await section.getByLabel('확인을 위한 비밀번호').fill(GUEST_PASSWORD)
  await section.getByRole('button', { name: '계정 삭제하기' }).click()
  await guest.page.waitForURL(/sign-in/)
  await guest.page.getByLabel('이메일').fill(guest.email)
  await guest.page.getByLabel('비밀번호', { exact: true }).fill(GUEST_PASSWORD)
  await guest.page.getByRole('button', { name: '로그인', exact: true }).click()
  await expect(guest.page.getByRole('alert').filter({ hasText: /./ })).toBeVisible()

  expect((await page.request.get(shared)).status()).toBe(404)
  await page.goto(`${team}/create`)
  await expect(page.getByRole('article').filter({ hasText: 'Former member' })).toHaveCount(1)
  await page.goto(`${team}/settings/members`)
  await expect(rowOf(page, name)).toBeHidden()
  await page.goto(`${team}/settings/audit`)
  await expect(page.getByRole('listitem').filter({ hasText: 'deleted their account' })).toContainText(
    'Former member',
  )
  await guest.close()
})

test('the only owner of a team that has others keeps their account', async ({ page, browser }) => {
  const { team, guest } = await teamWithGuest(page, browser)
  const me = await (await guest.page.request.get('/api/v1/me')).json()
  await callerFor(page)(`/api/v1/teams/${me.teams[0].id}/transfer`, { userId: me.id })
  await guest.page.goto(`${team}/settings/profile`)
  await guest.page.getByLabel('확인을 위한 비밀번호').fill(GUEST_PASSWORD)
  await guest.page.getByRole('button', { name: '계정 삭제하기' }).click()
  await expect(guest.page.getByText('다른 멤버가 있는 팀의 유일한 소유자', { exact: false })).toBeVisible()
  await guest.page.reload()
  await expect(guest.page.getByRole('heading', { name: '프로필' })).toBeVisible()
  await guest.close()
})
