import { expect, type Page, type Request } from '@playwright/test'
import { test } from './support/browser-test'
import { holdRequests } from './support/held-requests'
import { isDrawn, moveMouse } from './support/moving-mouse'
import { openAlive } from './support/open-alive'
import { untilQuiet } from './support/quiet-network'
import { makeImages, makeTeam } from './support/seeded-studio'

async function make(page: Page, team: string, prompt: string, { ratio = '4:3', sample = 2 } = {}) {
  const { status } = await makeImages(page, team, { prompt, ratio, sample })
  expect(status).toBe('succeeded')
}

/** The gallery with the images of that prompt alone, alive: what else is made meanwhile moves nothing here. */
const openFound = (page: Page, team: string, prompt: string) =>
  openAlive(page, `${team}/gallery?q=${encodeURIComponent(prompt)}`)

const isCreate = (request: Request) =>
  request.method() === 'POST' && request.url().endsWith('/api/v1/generations')
const tiles = (page: Page, prompt: string) => page.getByRole('link', { name: `Open: ${prompt}` })
const lightbox = (page: Page, prompt: string) => page.getByRole('dialog', { name: `Image: ${prompt}` })

test('an image is found by a word, looked at with its neighbours, and Back returns to the search', async ({
  page,
}) => {
  const team = await makeTeam(page)
  await make(page, team, '겨울 바다의 등대')
  await make(page, team, 'Story of a persimmon tree', { ratio: '3:4' })
  await page.goto(`${team}/gallery`)
  await expect(tiles(page, 'Story of a persimmon tree')).toHaveCount(2)

  await expect(async () => {
    await page.keyboard.press('/') // is heard once the page has come alive
    await expect(page.getByRole('searchbox')).toBeFocused({ timeout: 1_000 })
  }).toPass()
  await page.keyboard.type('바다의')
  await expect(tiles(page, 'Story of a persimmon tree')).toHaveCount(0)
  await expect(page).toHaveURL(/\?q=/)

  await tiles(page, '겨울 바다의 등대').first().click()
  const image = lightbox(page, '겨울 바다의 등대')
  await expect(image).toBeVisible()
  await expect(page).toHaveURL(/\/images\/[0-9a-f-]{36}\?q=/)
  const first = page.url()
  await expect(async () => {
    await page.keyboard.press('ArrowRight') // does nothing before the neighbours are known
    await expect(page).not.toHaveURL(first, { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await page.goBack()
  await expect(image).toBeHidden()
  await expect(page).toHaveURL(/\/gallery\?q=/)
  await expect(tiles(page, '겨울 바다의 등대')).toHaveCount(2)

  await page.getByRole('button', { name: 'Clear all', exact: true }).click()
  await expect(tiles(page, 'Story of a persimmon tree')).toHaveCount(2)
})

test('new images come in once the menu of an image is closed and the mouse rests', async ({ page }) => {
  const team = await makeTeam(page)
  const prompt = 'A kiln at night #sandbox:plain'
  await make(page, team, prompt)
  await openFound(page, team, prompt)
  const shown = tiles(page, prompt)
  await shown.first().hover()
  await page.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  // news of the first ones' thumbnails may come before there are more
  const brought = page.waitForResponse(
    async (answer) =>
      /\/api\/v1\/images\?/.test(answer.url()) && answer.ok() && (await answer.json()).items.length === 4,
  )
  await make(page, team, prompt)
  await (await brought).finished()
  await isDrawn(page)
  await expect(shown).toHaveCount(2)
  const mouse = await moveMouse(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await isDrawn(page)
  await expect(shown).toHaveCount(2)
  await mouse.rest()
  await expect(shown).toHaveCount(4)
})

test('a mouse over a tile marks, downloads and varies its image', { tag: '@chromium' }, async ({ page }) => {
  const team = await makeTeam(page)
  const prompt = 'A kingfisher over the river'
  await make(page, team, prompt)
  await openFound(page, team, prompt)
  const tile = page
    .getByRole('listitem')
    .filter({ has: tiles(page, prompt) })
    .first()
  await expect(tile.getByRole('button')).toHaveCount(0)
  await tile.hover()
  await expect(tile.getByText(prompt)).toBeVisible()
  await tile.getByRole('button', { name: 'Favorite', exact: true }).click()
  await expect(tile.getByRole('button', { name: 'Remove from favorites' })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    tile.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/kingfisher.*\.webp$/)
  await page.mouse.move(0, 0)
  await expect(tile.getByRole('img', { name: 'Favorite' })).toBeVisible()
  await tile.hover()
  const varied = page.waitForRequest(isCreate)
  await tile.getByRole('button', { name: /^Vary/ }).click()
  expect((await varied).postDataJSON()).toMatchObject({ prompt, imageId: expect.any(Number) })
  await expect(page.getByText('Generating 2 images')).toBeVisible()
  await tile.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Vary with a new prompt' }).click()
  await page.waitForURL(/\/create$/)
  await expect(page.getByText('Based on this image')).toBeVisible()
})

test('with the keyboard alone an image is marked, thrown away and taken back', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Keyboard images', { sample: 1 })
  await openFound(page, team, 'Keyboard images')
  const tile = tiles(page, 'Keyboard images')
  const marked = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await tile.focus()
  await page.keyboard.press('f')
  await marked
  await page.getByRole('button', { name: 'Favorites' }).click()
  await expect(page).toHaveURL(/favourite=true/)
  await expect(tile).toHaveCount(1)
  await tile.focus()
  await page.keyboard.press('Delete')
  await expect(tile).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.keyboard.press('/') // what is said at the edge takes no key away
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
  await expect(tile).toHaveCount(1)
})

test('an image that was thrown away over the gallery is not met again on the way back', async ({ page }) => {
  const team = await makeTeam(page)
  for (const prompt of ['one', 'two', 'three']) await make(page, team, `Reeds ${prompt}`, { sample: 4 })
  await page.goto(`${team}/gallery`)
  const links = page.getByRole('link', { name: /^Open: Reeds/ })
  await expect(links).toHaveCount(12)
  const path = async (place: number) =>
    new URL((await links.nth(place).getAttribute('href')) ?? '', page.url()).pathname
  const [newer, thrown, older] = [await path(4), await path(5), await path(6)]
  await links.nth(5).click()
  await expect(page).toHaveURL(thrown)
  await expect(page.getByRole('button', { name: 'Older' })).toBeEnabled()
  const saving = await holdRequests(page, '**/api/v1/images/trash')
  // read while it is not in the trash yet
  const around = page.waitForResponse(new RegExp(`${older.split('/').at(-1)}/neighbours`))
  await page.keyboard.press('Delete')
  await expect(page).toHaveURL(older)
  await (await around).finished()
  await expect(page.locator(`[src^="/i/${older.split('/').at(-1)}/original"]`)).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Images of this group' }).getByRole('link')).toHaveCount(
    3,
  )
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(newer)
  saving.letThrough()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(older)
})

test('an image that cannot be asked for at the moment is shown as it is known, or said to be unreachable, not deleted', async ({
  page,
}) => {
  const team = await makeTeam(page)
  const prompt = 'A heron in the mist'
  await make(page, team, prompt)
  await openAlive(page, `${team}/gallery`)
  const asked = /\/api\/v1\/images\/[\da-f-]+$/
  await page.route(asked, (route) => route.abort())
  let failures = 0
  page.on('requestfailed', (request) => (failures += asked.test(request.url()) ? 1 : 0))
  const link = tiles(page, prompt).first()
  const address = (await link.getAttribute('href')) ?? ''
  await link.click()
  // it gives up after three; what is heard of the image meanwhile makes it ask again after that
  await expect.poll(() => failures, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
  await isDrawn(page)
  await expect(lightbox(page, prompt)).toBeVisible()

  await openAlive(page, `${team}/links`)
  await page.evaluate((path) => window.history.pushState(null, '', path), address)
  await expect(page.getByText('Couldn’t load the image')).toBeVisible({ timeout: 20_000 })
  await page.unroute(asked)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(lightbox(page, prompt)).toBeVisible()
})

test('what was restored in the trash is not offered to be undone any more', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Back by itself', { sample: 1 })
  await openFound(page, team, 'Back by itself')
  await tiles(page, 'Back by itself').focus()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.getByRole('link', { name: 'Trash' }).click()
  await page.getByRole('button', { name: 'Restore: Back by itself' }).click()
  await expect(page.getByRole('dialog', { name: 'Restored' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('two images thrown away in one breath have a way back each', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Two at once')
  await openFound(page, team, 'Two at once')
  const two = tiles(page, 'Two at once')
  await expect(two).toHaveCount(2)
  const undo = page.getByRole('button', { name: 'Undo' })
  await page.route('**/api/v1/images/trash', async (route) => {
    // the first answer comes after the second was asked
    await expect.poll(() => asked).toBe(2)
    await route.continue()
  })
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/images/trash')) asked += 1
  })
  for (const tile of await two.all()) {
    await tile.focus()
    await page.keyboard.press('Delete')
  }
  await expect(two).toHaveCount(0)
  await expect(undo).toHaveCount(2)
  await undo.first().click()
  await undo.last().click()
  await expect(two).toHaveCount(2)
  await expect(undo).toHaveCount(0)
})

test(
  'what was thrown away lies in the trash and can be restored there',
  { tag: '@chromium' },
  async ({ page }) => {
    const team = await makeTeam(page)
    await make(page, team, 'Trash story', { sample: 1 })
    await openAlive(page, `${team}/gallery`)
    const asked: string[] = []
    page.on('request', (request) => request.url().endsWith('/images/trash') && asked.push(request.url()))
    await tiles(page, 'Trash story').click()
    await lightbox(page, 'Trash story').getByRole('button', { name: 'Move to trash' }).dblclick()
    // the image is closed by now, and its way back is offered all the same
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
    expect(asked).toHaveLength(1)
    await page.goto(`${team}/trash`)
    await page.getByRole('button', { name: 'Restore: Trash story' }).click()
    await expect(page.getByRole('button', { name: 'Restore: Trash story' })).toBeHidden()
    await page.goto(`${team}/gallery`)
    await expect(tiles(page, 'Trash story')).toHaveCount(1)
  },
)

test('an address of an image opens it directly, with everything known about it', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Directly opened', { sample: 1 })
  await page.goto(`${team}/gallery`)
  const href = await tiles(page, 'Directly opened').getAttribute('href')
  await openAlive(page, href ?? '')
  const info = page.getByRole('complementary', { name: 'Details' })
  await expect(info.getByText('Directly opened')).toBeVisible()
  await expect(info.getByText('4:3', { exact: true })).toBeVisible()
  await info.getByText('Technical details').click()
  await expect(info.getByRole('button', { name: 'Copy: SHA-256' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(new RegExp(`${team}/gallery$`))
})

test('several images are picked with Shift and marked at once', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Picked together', { sample: 4, ratio: '1:1' })
  await openFound(page, team, 'Picked together')
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  const picks = page.getByRole('link', { name: 'Select: Picked together' })
  await expect(picks).toHaveCount(4)
  await picks.first().click()
  await picks.last().click({ modifiers: ['Shift'] })
  await expect(page.getByText('4 selected')).toBeVisible()
  const bar = page.getByRole('region', { name: 'Selected images' })
  await bar.getByRole('button', { name: 'Favorite' }).click()
  await expect(bar.getByRole('button', { name: 'Remove from favorites' })).toBeVisible()
})

test('a share of what was picked says how many it shows, and how many not', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Partly blurred #sandbox:blurred=1', { sample: 4 })
  await page.goto(`${team}/gallery?q=Partly%20blurred`)
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  const picks = page.getByRole('link', { name: 'Select: Partly blurred' })
  await expect(picks).toHaveCount(4)
  await picks.first().click()
  await picks.last().click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Selected images' })
  await expect(bar.getByRole('status')).toHaveText('4 selected · 1 blurred')
  await bar.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share selected images' })
  await expect(dialog).toContainText('Anyone with the link can see these 3 images.')
  await expect(dialog).toContainText('1 selected image isn’t shown: Flamel blurred it.')
})

test('marks that cannot be saved are taken back where they were made, and nowhere else', async ({ page }) => {
  const team = await makeTeam(page)
  await make(page, team, 'Marked before')
  await page.goto(`${team}/gallery?q=Marked%20before`)
  const hearts = page.getByRole('list').getByRole('img', { name: 'Favorite' })
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  const picks = page.getByRole('link', { name: 'Select: Marked before' })
  const mark = page.getByRole('region', { name: 'Selected images' }).getByRole('button', { name: /avorite/ })
  await picks.first().click()
  await mark.click()
  await expect(hearts).toHaveCount(1)
  await expect(mark).toHaveText('Remove from favorites')
  let asked = 0
  const held: (() => void)[] = []
  await page.route('**/api/v1/images', async (route) => {
    asked += 1
    await new Promise<void>((resolve) => held.push(resolve))
    await route.abort()
  })
  await picks.last().click()
  await mark.click()
  await expect(hearts).toHaveCount(2)
  await expect.poll(() => asked).toBe(1)
  held.shift()?.()
  await expect(
    page.getByRole('region', { name: 'Notifications' }).getByText('Couldn’t complete that'),
  ).toBeVisible()
  await expect(hearts).toHaveCount(1)
})

test('what was pressed without a network is refused at once, and not done once it is back', async ({
  page,
  context,
}) => {
  const team = await makeTeam(page)
  const prompt = 'A heron that stays'
  await make(page, team, prompt)
  await openFound(page, team, prompt)
  await expect(tiles(page, prompt)).toHaveCount(2)
  await tiles(page, prompt).first().click()
  await expect(lightbox(page, prompt)).toBeVisible()
  await untilQuiet(page) // the code of what is pressed
  let asked = 0
  page.on('request', (request) => (asked += request.method() === 'POST' ? 1 : 0))
  await context.setOffline(true)
  await page.keyboard.press('Delete')
  const said = page.getByRole('region', { name: 'Notifications' }).getByText('Couldn’t complete that')
  await expect(said).toBeVisible()
  const before = asked
  await context.setOffline(false)
  await expect(page.getByText(/You’re offline/).first()).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(tiles(page, prompt)).toHaveCount(2)
  expect(asked).toBe(before)
})
