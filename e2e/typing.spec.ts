import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { holdRequests } from './support/held-requests'
import { commit, compose, pressOn } from './support/keys'
import { openAlive } from './support/open-alive'
import { callerFor, makeImages, makeTeam } from './support/seeded-studio'

const searchBox = (page: Page) => page.getByRole('searchbox', { name: /^Search/ })
const query = (page: Page) => new URL(page.url()).searchParams.get('q')

/** A gallery with two images, alive. */
async function openGallery(page: Page) {
  const team = await makeTeam(page)
  await makeImages(page, team, { prompt: 'a fix of foxes 여우소리 #sandbox:plain', sample: 2 })
  await openAlive(page, `${team}/gallery`)
  return team
}

test('the gallery’s search keeps what is typed, its focus and its letters while the address follows', async ({
  page,
}) => {
  await openGallery(page)
  await searchBox(page).click()
  for (const typed of ['f', 'fi', 'fix']) {
    await page.keyboard.press(typed.at(-1) ?? '')
    await expect.poll(() => query(page)).toBe(typed)
    await expect(searchBox(page)).toHaveValue(typed)
    await expect(searchBox(page)).toBeFocused()
  }
  await expect(page.locator('[data-image]')).toHaveCount(2)
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(searchBox(page)).toHaveValue('')
  await expect.poll(() => query(page)).toBeNull()
  await expect(searchBox(page)).toBeFocused()
})

test('a Hangul syllable in the gallery’s search is never cut', async ({ page }) => {
  await openGallery(page)
  await searchBox(page).click()
  await compose(page, 'ㅇ', '여')
  await commit(page, '여')
  await expect.poll(() => query(page)).toBe('여')
  await compose(page, 'ㅇ', '우')
  await expect(searchBox(page)).toHaveValue('여우')
  await commit(page, '우')
  await compose(page, 'ㅅ', '소')
  await expect(searchBox(page)).toHaveValue('여우소')
  await commit(page, '소')
  await expect.poll(() => query(page)).toBe('여우소')
  await expect(searchBox(page)).toHaveValue('여우소')
  await expect(searchBox(page)).toBeFocused()
})

test('the search follows the address when something else changes it', async ({ page }) => {
  const team = await openGallery(page)
  await searchBox(page).fill('nothing like it')
  await page.getByRole('button', { name: 'Show all images' }).click()
  await expect(searchBox(page)).toHaveValue('')
  await expect(page.locator('[data-image]')).toHaveCount(2)
  await searchBox(page).fill('fox')
  await page.getByRole('link', { name: 'Shared' }).first().click() // before the address followed
  await page.waitForURL(`**${team}/links`)
  await expect(page.getByRole('heading', { name: 'Share links', exact: true })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`${team}/links$`))
})

test('what is being typed in the settings outlives the echo of a save and somebody else’s change', async ({
  page,
}) => {
  const team = await makeTeam(page)
  await openAlive(page, `${team}/settings/team`)
  const { letThrough } = await holdRequests(page, /[?&]_rsc=/)
  const name = page.getByLabel('Name', { exact: true }).first()
  await name.fill('봄 차')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await name.press('End')
  await compose(page, 'ㅂ', '바')
  letThrough()
  await expect(page.getByRole('button', { name: /봄 차: account and teams$/ })).toBeVisible()
  await expect(name).toHaveValue('봄 차바')
  await expect(name).toBeFocused()
  await commit(page, '바')
  await expect(name).toHaveValue('봄 차바')
})

test('shortcuts work with the Hangul layout on, and with any Latin one', async ({ page }) => {
  await openGallery(page)
  const tile = page.locator('[data-image]').first()
  await tile.focus()
  await pressOn(page, { key: 'ㅌ', code: 'KeyX' })
  await expect(page.getByText('1 selected')).toBeVisible()
  await page.keyboard.press('Escape')
  await pressOn(page, { key: 'ㅏ', code: 'KeyK', ctrl: true })
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await pressOn(page, { key: 'k', code: 'KeyV', ctrl: true }) // Dvorak
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox')).toBeHidden()
  const isOpen = page.waitForResponse(/\/neighbours\?/) // asked for once the image hears keys
  await tile.click()
  await isOpen
  const image = page.getByRole('dialog')
  await expect(image).toBeVisible()
  await pressOn(page, { key: 'ㄹ', code: 'KeyF' })
  await expect(image.getByRole('button', { name: 'Remove from favorites' })).toBeVisible()
  const saved = page.waitForEvent('download')
  await pressOn(page, { key: 'ㅇ', code: 'KeyD', shift: true })
  await saved
})

test('no shortcut acts inside a text field', async ({ page }) => {
  const team = await openGallery(page)
  await searchBox(page).click()
  await pressOn(page, { key: 'ㅌ', code: 'KeyX' })
  await pressOn(page, { key: '?', code: 'Slash', shift: true })
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(searchBox(page)).toBeFocused()
  await compose(page, 'ㅇ', '여')
  await pressOn(page, { key: 'Process', code: 'KeyX' })
  await expect(page).toHaveURL(new RegExp(`${team}/gallery`))
  await expect(searchBox(page)).toBeFocused()
})

test('a text that is too long for its field is cut at a whole letter, and the person is told', async ({
  page,
}) => {
  const team = await makeTeam(page)
  await openAlive(page, `${team}/settings/profile`)
  const field = page.getByLabel('Name', { exact: true })
  const before = await field.inputValue()
  const told = page.getByText('Too long for this field: the end of it was left out.')
  const family = '👨‍👩‍👧‍👦'
  for (const [text, kept] of [
    ['ที่'.repeat(27), 'ที่'.repeat(26)],
    ['글'.normalize('NFD').repeat(27), '글'.normalize('NFD').repeat(26)],
    [family.repeat(8), family.repeat(7)],
  ] as const) {
    await field.fill('')
    await expect(told).toHaveCount(0)
    await page.keyboard.insertText(text) // as a paste does
    await expect(field).toHaveValue(kept)
    await expect(told).toBeVisible()
  }
  // in the middle: what stood there stays, and the caret stands behind what came in
  await field.fill('a'.repeat(70))
  for (let step = 0; step < 5; step += 1) await field.press('ArrowLeft')
  await page.keyboard.insertText(family)
  await expect(field).toHaveValue('a'.repeat(70))
  await expect(told).toBeVisible()
  await page.keyboard.insertText('b')
  await expect(field).toHaveValue(`${'a'.repeat(65)}b${'a'.repeat(5)}`)
  await expect(told).toHaveCount(0)
  // a syllable that is being composed is looked at when it is done
  await field.fill('a'.repeat(79))
  await field.press('End')
  await compose(page, 'ㄱ', '가')
  await commit(page, '가')
  await compose(page, 'ㄴ', '나')
  await commit(page, '나')
  await expect(field).toHaveValue(`${'a'.repeat(79)}가`)
  await expect(told).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('region', { name: 'Notifications' })).toContainText('Saved')
  await callerFor(page)('/api/v1/me', { name: before }, 'PATCH')
})
