import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { openAlive } from './support/open-alive'
import { callerFor, makeImages, makeTeam, prefer } from './support/seeded-studio'

test.beforeEach(({ context }) => prefer(context, { locale: 'en', theme: 'dark' }))

const tiles = (page: Page) => page.locator('[data-image]')
const picks = (page: Page) => page.getByRole('link', { name: /^Select: / })

/** What the gallery says of all that it shows: in its bar, and above the day. */
async function saysAsManyAsItShows(page: Page, count: number) {
  const said = count === 1 ? '1 image' : `${count} images`
  await expect(tiles(page)).toHaveCount(count)
  await expect(page.getByText(said, { exact: true })).toHaveText([said, said])
}

test('a share of twenty of which one is blurred says nineteen wherever it is counted, and shows nineteen', async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow()
  const team = await makeTeam(page)
  for (const prompt of ['#sandbox:plain #sandbox:blurred=1', ...Array(4).fill('#sandbox:plain')])
    await makeImages(page, team, { prompt: `a boat ${prompt}` })
  await page.goto(`${team}/gallery`)
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  await expect(picks(page)).toHaveCount(20)
  await picks(page).first().click()
  await picks(page)
    .last()
    .click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Selected images' })
  await expect(bar.getByRole('status')).toHaveText('20 selected · 1 blurred')
  await bar.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog', { name: 'Share selected images' })
  await expect(dialog).toContainText('Anyone with the link can see these 19 images.')
  await expect(dialog).toContainText('1 selected image isn’t shown: Flamel blurred it.')
  const address = new URL(await dialog.getByRole('textbox', { name: 'Link' }).inputValue(), baseURL).href

  const visitor = await browser.newContext({ locale: 'en-US' })
  const guest = await visitor.newPage()
  await guest.goto(address)
  await expect(guest.getByRole('link', { name: /^Image \d+, open in full size$/ })).toHaveCount(19)
  await expect(guest.getByRole('main')).toContainText('19 images')
  const zip = await guest.request.get(
    (await guest.getByRole('link', { name: 'Download all (19)' }).getAttribute('href')) ?? '',
  )
  expect(namesIn(await zip.body())).toBe(19)
  await visitor.close()

  await page.goto(`${team}/links`)
  await expect(page.getByRole('listitem').first()).toContainText('19 images')
})

/** The entries of a ZIP's directory. */
const namesIn = (zip: Buffer) => zip.toString('latin1').split('PK\x01\x02').length - 1

test('the gallery says as many images as it shows: filtered, marked, blurred, thrown away and restored', async ({
  page,
}) => {
  test.slow()
  const team = await makeTeam(page)
  await makeImages(page, team, { prompt: 'sea #sandbox:plain', ratio: '1:1', sample: 4 })
  await makeImages(page, team, { prompt: 'sea, dusk #sandbox:plain #sandbox:blurred=1', sample: 2 })
  await makeImages(page, team, { prompt: 'hill #sandbox:plain #sandbox:failed=1', sample: 2, styleId: 104 })
  await page.goto(`${team}/gallery`)
  await saysAsManyAsItShows(page, 7)

  for (const [filter, count] of [
    ['q=sea', 6],
    ['ratio=1:1', 4],
    ['style=104', 1],
    ['q=sea&ratio=4:3', 2],
  ] as const) {
    await page.goto(`${team}/gallery?${filter}`)
    await saysAsManyAsItShows(page, count)
  }
  await page.goto(`${team}/gallery?favourite=true`)
  await expect(tiles(page)).toHaveCount(0)
  await expect(page.getByText('0 images', { exact: true })).toBeVisible()

  await openAlive(page, `${team}/gallery`)
  await tiles(page).first().focus()
  await page.keyboard.press('f')
  await tiles(page).nth(1).focus()
  await page.keyboard.press('f')
  await page.getByRole('button', { name: 'Favorites' }).click()
  await saysAsManyAsItShows(page, 2)
  await tiles(page).first().focus()
  await page.keyboard.press('f')
  await saysAsManyAsItShows(page, 1)
  await tiles(page).first().focus()
  await page.keyboard.press('Delete')
  await expect(page.getByText('0 images', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Favorites' }).click()
  await saysAsManyAsItShows(page, 6)
  await page.goto(`${team}/trash`)
  await expect(page.getByRole('main')).toContainText('1 image')
  await page.getByRole('button', { name: /^Restore: / }).click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  await page.goto(`${team}/gallery`)
  await saysAsManyAsItShows(page, 7)
})

/** Made while no other call was under way, so that its cost is known; earlier ones go to the trash. */
async function makeAlone(page: Page, team: string, asked: Parameters<typeof makeImages>[2]) {
  for (;;) {
    const generation = await makeImages(page, team, asked)
    if (generation.spent) return generation
    const ids = generation.images.map(({ id }: { id: string }) => id)
    await callerFor(page, team)('/api/v1/images/trash', { ids })
  }
}

test('what an image’s details say agrees with the image, its group and the details of its generation', async ({
  page,
}) => {
  test.slow()
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  const prompt = 'a lighthouse #sandbox:plain'
  const { images, id } = await makeAlone(page, team, { prompt, sample: 4, ratio: '16:9' })
  const [first, second, third] = images
  await page.goto(`${team}/images/${third.id}`)
  const info = page.getByRole('complementary', { name: 'Details' })
  const fact = (name: string) =>
    info.locator('dt').getByText(name, { exact: true }).locator('xpath=following-sibling::dd[1]')
  const strip = page.getByRole('navigation', { name: 'Images of this group' }).getByRole('link')
  await expect(fact('Image')).toHaveText('3 of 4')
  await expect(strip).toHaveCount(4)
  await expect(page.getByRole('link', { name: '3 of 4' })).toHaveAttribute('aria-current', 'true')
  await expect(fact('Aspect ratio')).toHaveText('16:9')
  const shown = page.locator(`img[src="${third.urls.original}"]`)
  const size = await shown.evaluate((one: HTMLImageElement) =>
    one.decode().then(() => `${one.naturalWidth} × ${one.naturalHeight}`),
  )
  await expect(fact('Dimensions')).toHaveText(size)
  const kept = (await (await page.request.get(third.urls.original)).body()).length
  const kilobytes = (kept / 1_000).toFixed(kept < 10_000 ? 1 : 0).replace(/\.0$/, '')
  await expect(fact('Format')).toHaveText(new RegExp(`, ${kilobytes} kB$`))
  await expect(fact('Image ID')).toHaveText(String(third.imageId))
  const spent = Number(await fact('Credits').innerText())

  await page.goto(`${team}/create`)
  const card = page.getByRole('article', { name: prompt }).first()
  await card.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Details' }).click()
  const dialog = page.getByRole('dialog', { name: 'Details' })
  const row = (name: string) =>
    dialog.locator('dt').getByText(name, { exact: true }).locator('xpath=following-sibling::dd[1]')
  await expect(row('Images')).toHaveText('4')
  await expect(row('Generation ID')).toHaveText(id)
  await expect(row('Flamel image IDs')).toHaveText(
    images.map((image: { imageId: number }) => image.imageId).join(', '),
  )
  const parts = ((await row('Used').innerText()).match(/\d+(?= (?:top-up|daily|monthly) credit)/g) ?? []).map(
    Number,
  )
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(spent)

  await call('/api/v1/images/trash', { ids: [first.id] })
  await page.goto(`${team}/images/${third.id}`)
  await expect(fact('Image')).toHaveText('2 of 3')
  await page.goto(`${team}/images/${second.id}`)
  await expect(fact('Image')).toHaveText('1 of 3')
  await expect(strip).toHaveCount(3)
  await page.goto(`${team}/images/${first.id}`)
  await expect(info).toContainText('This image is in the trash.')
  await expect(fact('Image')).toHaveCount(0)
})
