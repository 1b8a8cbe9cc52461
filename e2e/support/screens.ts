import { expect, type Page } from '@playwright/test'
import { choose } from './choose'
import { untilQuiet } from './quiet-network'
import type { Seeded } from './seeded-studio'

/** A state of the product that somebody looks at: an address, and what to do there until it is seen. */
export type Screen = { name: string; path: string; act?: (page: Page) => Promise<void> }

/** Both languages, on a desk and on a phone: names are given in Korean and English. */
const button = (page: Page, name: RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).first()

const press = (name: RegExp, shows: 'dialog' | 'menu') => async (page: Page) => {
  await button(page, name).click()
  await expect(page.getByRole(shows).first()).toBeVisible()
}

const key = (shortcut: string) => async (page: Page) => {
  await page.keyboard.press(shortcut)
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** Every page of the settings, as an owner has them. */
export const SETTINGS = [
  ...['profile', 'team', 'members', 'keys', 'budgets', 'queue', 'usage'],
  ...['connection', 'security', 'system', 'audit'],
]

/** Every screen and overlay of the signed-in studio. */
export function memberScreens({ team, image, set }: Seeded, emptyTeam: string): Screen[] {
  const at = (path: string) => `${team}/${path}`
  return [
    { name: 'create', path: at('create') },
    { name: 'create, nothing yet', path: `${emptyTeam}/create` },
    { name: 'style picker', path: at('create'), act: openStylePicker },
    { name: 'generation menu', path: at('create'), act: press(/^(More|더 보기)$/, 'menu') },
    { name: 'generation details', path: at('create'), act: openDetails },
    { name: 'prompts', path: at('create'), act: openPrompts },
    { name: 'templates', path: at('create'), act: openTemplates },
    { name: 'template form', path: at('create'), act: openTemplateForm },
    { name: 'filling a template', path: at('create'), act: fillTemplate },
    { name: 'set dialog', path: at('create'), act: openSetDialog },
    { name: 'set', path: at(`sets/${set}`) },
    { name: 'sets', path: at('sets') },
    { name: 'sets, none yet', path: `${emptyTeam}/sets` },
    { name: 'palette', path: at('create'), act: key('Control+k') },
    { name: 'account menu', path: at('create'), act: press(/(account and teams|계정과 팀)$/, 'menu') },
    { name: 'notifications', path: at('create'), act: press(/^(Notifications|알림)/, 'dialog') },
    { name: 'gallery', path: at('gallery') },
    { name: 'gallery, nothing yet', path: `${emptyTeam}/gallery` },
    { name: 'gallery, nothing found', path: at('gallery?q=zeppelin') },
    { name: 'gallery, filtered', path: at('gallery?ratio=4:3&favourite=true') },
    { name: 'gallery, ratio menu', path: at('gallery'), act: press(/^(Ratio|비율)$/, 'menu') },
    { name: 'gallery, selecting', path: at('gallery'), act: selectTwo },
    { name: 'shortcuts', path: at('gallery'), act: key('?') },
    { name: 'image over the gallery', path: at('gallery'), act: openImage },
    { name: 'image', path: at(`images/${image}`) },
    { name: 'share dialog', path: at(`images/${image}?share=image`), act: (page) => seesDialog(page) },
    { name: 'trash', path: at('trash') },
    { name: 'trash, empty', path: `${emptyTeam}/trash` },
    { name: 'styles', path: at('styles') },
    { name: 'style form', path: at('styles'), act: press(/^(Add style|스타일 추가)$/, 'dialog') },
    { name: 'style import', path: at('styles'), act: previewImport },
    { name: 'links', path: at('links') },
    { name: 'links that ended', path: at('links?state=ended') },
    { name: 'links, none yet', path: `${emptyTeam}/links` },
    ...SETTINGS.map((part) => ({ name: part, path: at(`settings/${part}`) })),
    { name: 'audit, narrowed down', path: at('settings/audit?kind=member&from=2020-01-01&to=2020-01-02') },
    { name: 'new key', path: at('settings/keys'), act: press(/^(New key|새 키)/, 'dialog') },
    { name: 'no such page', path: at('nothing-here') },
  ]
}

/** What is seen from outside. */
export function visitorScreens({ share, locked, gone, invitation }: Seeded): Screen[] {
  return [
    { name: 'sign-in', path: '/sign-in' },
    { name: 'sign-in link', path: '/sign-in/link' },
    { name: 'sign-in link that is no more', path: '/sign-in/link/nothing-that-was-ever-sent' },
    { name: 'new email that is confirmed no more', path: '/sign-in/email/nothing-that-was-ever-sent' },
    { name: 'password reset', path: '/sign-in/reset' },
    { name: 'sign-in, refused', path: '/sign-in', act: signInWrongly },
    { name: 'invitation', path: invitation },
    { name: 'invitation that is no more', path: '/invite/nothing' },
    { name: 'shared images', path: share },
    { name: 'shared with a password', path: locked },
    { name: 'share link that is no more', path: gone },
    { name: 'no such page', path: '/nothing-here' },
  ]
}

/** Goes there and does what there is to do. */
export async function show(page: Page, { path, act }: Screen) {
  await page.goto(path)
  await page.locator('main').waitFor() // a skeleton has none; under an open dialog it has no role
  if (act) {
    await untilQuiet(page) // until then it does not listen
    await act(page)
  }
  await page.evaluate(() => document.fonts.ready)
}

/** On a phone the form is a sheet. */
async function openForm(page: Page) {
  const dock = page.locator('button[aria-haspopup=dialog].h-12')
  if (await dock.isVisible()) await dock.click()
}

async function openPrompts(page: Page) {
  await openForm(page)
  await button(page, /^(Prompts and templates|프롬프트와 템플릿)$/).click()
  await expect(page.getByRole('searchbox')).toBeVisible()
}

async function openTemplates(page: Page) {
  await openPrompts(page)
  await choose(page.getByRole('radio', { name: /^(Templates|템플릿)$/ }))
  await expect(page.getByRole('button', { name: /^(New template|새 템플릿)$/ })).toBeVisible()
}

async function openTemplateForm(page: Page) {
  await openTemplates(page)
  await page.getByRole('button', { name: /^(New template|새 템플릿)$/ }).click()
  await page.getByRole('button', { name: /^(Save template|템플릿 저장)$/ }).click()
  await expect(page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible()
}

async function fillTemplate(page: Page) {
  await openTemplates(page)
  await page
    .getByRole('button', { name: /포장 사진/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: /^(Use prompt|프롬프트 사용)$/ })).toBeVisible()
}

async function openSetDialog(page: Page) {
  await openForm(page)
  await page.locator('textarea').filter({ visible: true }).fill('{제품}, 아침 햇빛')
  await button(page, /^(Campaign set|캠페인 세트)$/).click()
  await expect(page.getByRole('dialog', { name: /^(Campaign set|캠페인 세트)$/ })).toBeVisible()
}

async function openStylePicker(page: Page) {
  await openForm(page)
  await button(page, /^(Change style|스타일 변경|Choose a style|스타일 선택)/).click()
  await expect(page.getByRole('option').first()).toBeVisible()
}

async function openDetails(page: Page) {
  await button(page, /^(More|더 보기)$/).click()
  await page.getByRole('menuitem', { name: /^(Details|자세히)$/ }).click()
  await seesDialog(page)
}

async function openImage(page: Page) {
  await page.locator('[data-image]').first().click()
  await seesDialog(page)
  await expect(page.locator('aside')).toBeAttached() // on a phone it opens later
}

async function selectTwo(page: Page) {
  await button(page, /^(Select|선택)$/).click()
  for (const place of [0, 2]) await page.locator('[data-image]').nth(place).click()
}

async function previewImport(page: Page) {
  await button(page, /^(Import|가져오기)$/).click()
  const content = 'styleId,nameKo,nameEn,colour\n901,수묵,Ink,red\n,이름만,,\n'
  const file = { name: 'styles.csv', mimeType: 'text/csv', buffer: Buffer.from(content) }
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file)
  await expect(page.getByRole('dialog').getByText('colour')).toBeVisible()
}

async function signInWrongly(page: Page) {
  await page.locator('input[type=email]').fill('nobody@studio.test')
  await page.locator('input[type=password]').fill('not the password')
  await page.locator('form button[type=submit]').click()
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toBeVisible()
}

const seesDialog = (page: Page) => expect(page.getByRole('dialog').first()).toBeVisible()
