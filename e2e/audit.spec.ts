import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { joinWith } from './support/guest'
import { callerFor, makeImages, makeTeam, prefer } from './support/seeded-studio'

const lines = (page: Page) => page.getByRole('main').getByRole('listitem')
const filters = (page: Page) => page.getByRole('group', { name: 'Filters' })

test('the log is narrowed down by person, activity and day, by its address, and had as a CSV', async ({
  page,
  browser,
}) => {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const invited = await call('/api/v1/invitations', { role: 'member' })
  const name = `=1+1 ${Date.now() % 100_000}`
  const guest = await joinWith(invited.path, browser, name)
  const key = await call('/api/v1/api-keys', { name: 'CI bot', scopes: ['read', 'manage'] })
  const headers = { 'x-api-key': key.secret, cookie: '' }
  await page.request.post('/api/v1/styles', { data: { styleId: 900_001, nameEn: 'Ink' }, headers })

  await page.goto(`${team}/settings/audit`)
  await expect(lines(page).filter({ hasText: 'added style #900001' })).toContainText(
    'with API key CI bot (fs_',
  )
  await filters(page).getByLabel('Activity').selectOption('Invites')
  await expect(page).toHaveURL(/kind=invitation/)
  await expect(lines(page)).toHaveCount(2)
  await filters(page).getByLabel('Person').selectOption(name)
  await expect(lines(page)).toHaveCount(1)
  await expect(lines(page)).toContainText('joined by invite (Member)')
  await page.reload()
  await expect(lines(page)).toHaveCount(1)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const file = await readFile(await (await download).path(), 'utf8')
  const rows = file.trimEnd().split('\r\n')
  expect(rows).toHaveLength(2)
  expect(rows[1]).toContain(`invitation.accepted,"'${name}",`)

  await filters(page).getByLabel('From').fill('2020-01-01')
  await filters(page).getByLabel('To', { exact: true }).fill('2020-12-31')
  await expect(page.getByText('Nothing matches these filters.')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(lines(page).filter({ hasText: 'exported the audit log' })).toHaveCount(1)
  await guest.close()
})

test('an image that a key made says which key, also when the key is revoked', async ({ page }) => {
  const team = await makeTeam(page)
  const key = await callerFor(page, team)('/api/v1/api-keys', {
    name: 'CI bot',
    scopes: ['read', 'generate'],
  })
  const asked = { prompt: '감나무 #sandbox:plain', styleId: 103, ratio: '4:3', sample: 1 }
  const headers = { 'x-api-key': key.secret, cookie: '' }
  const made = await page.request.post('/api/v1/generations', { data: asked, headers })
  const { id } = await made.json()
  const state = async () => (await page.request.get(`/api/v1/generations/${id}`, { headers })).json()
  await expect.poll(async () => (await state()).status, { timeout: 30_000 }).toBe('succeeded')
  const [image] = (await state()).images
  const own = await makeImages(page, team, { sample: 1 })
  await callerFor(page, team)(`/api/v1/api-keys/${key.id}`, undefined, 'DELETE')
  await page.goto(`${team}/images/${image.id}`)
  await expect(page.getByText(`Made with the key CI bot (${key.prefix}…)`)).toBeVisible()
  await page.goto(`${team}/images/${own.images[0].id}`)
  await expect(page.getByText('4:3').first()).toBeVisible()
  await expect(page.getByText('Made with the key')).toHaveCount(0)
  await page.goto(`${team}/create`)
  await expect(page.getByRole('article').filter({ hasText: 'with key CI bot' })).toHaveCount(1)
})

test.describe('on a phone, in Korean', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'ko-KR' })

  for (const theme of ['dark', 'light'])
    test(`the log is whole and reachable (${theme})`, async ({ page, context }) => {
      const team = await makeTeam(page)
      await prefer(context, { locale: 'ko', theme })
      await page.goto(`${team}/settings/audit?kind=person`)
      await expect(page.getByRole('group', { name: '필터' })).toBeVisible()
      expect(await findings(page)).toEqual([])
      await page.goto(`${team}/settings/audit`)
      await expect(page.getByText('님이 팀을 만들었어요')).toBeVisible()
    })
})
