import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { choose } from './support/choose'
import { card, countRequests, make, openCreate, images, promptBox, unique } from './support/create-page'

const IMAGE = readFileSync('public/starters/boat.webp').toString('base64')
const source = (page: Page, name: string) => page.getByRole('radio', { name, exact: true })
const chosen = (page: Page) => page.getByText('Selected', { exact: true })

/** A drag or a paste as the browser tells the page of it; `target` is a selector. */
function bring(page: Page, { type, target, name = 'boat.webp', mime = 'image/webp', words = '' }: Brought) {
  return page.evaluate(
    ({ base64, ...brought }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], brought.name, { type: brought.mime }))
      if (brought.words) data.setData('text/plain', brought.words)
      const how = { bubbles: true, cancelable: true }
      const event =
        brought.type === 'paste'
          ? Object.defineProperty(new ClipboardEvent('paste', how), 'clipboardData', { value: data }) // Firefox takes none
          : new DragEvent(brought.type, { ...how, dataTransfer: data })
      document.querySelector(brought.target)?.dispatchEvent(event)
      return event.defaultPrevented
    },
    { base64: IMAGE, type, target, name, mime, words },
  )
}
type Brought = {
  type: 'paste' | 'dragover' | 'drop'
  target: string
  name?: string
  mime?: string
  words?: string
}

test.beforeEach(async ({ page }) => openCreate(page))

test('an image that is dropped on the feed becomes the reference, whatever the source was', async ({
  page,
}) => {
  const uploads = countRequests(page, 'POST', /^\/api\/v1\/references/)
  await expect(source(page, 'Style')).toBeChecked()
  await bring(page, { type: 'dragover', target: 'main' })
  await expect(page.getByText('Drop to add reference')).toBeVisible()
  await bring(page, { type: 'drop', target: 'main' })
  await expect(chosen(page)).toBeVisible()
  await expect(page.getByText('Drop to add reference')).toHaveCount(0)
  await expect(source(page, 'Reference')).toBeChecked()
  expect(uploads()).toBe(1)
})

test('a deleted reference is taken back by the toast, or restored in the trash', async ({ page }) => {
  await bring(page, { type: 'drop', target: 'main' })
  await expect(chosen(page)).toBeVisible()
  const recent = page.getByRole('region', { name: 'Recent' })
  const remove = recent.getByRole('button', { name: /^Delete reference/ }).first()
  const path = ((await remove.getAttribute('aria-label')) ?? '').replace('Delete reference ', '')
  const use = recent.getByRole('button', { name: `Use ${path}`, exact: true })
  await use.hover()
  await remove.click()
  await expect(use).toHaveCount(0)
  await expect(chosen(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(use).toBeVisible()
  await use.hover()
  await remove.click()
  await expect(use).toHaveCount(0)
  await page.goto(page.url().replace(/create.*$/, 'trash'))
  const trashed = page.getByRole('region', { name: 'References' })
  await trashed.getByRole('button', { name: `Restore: ${path}`, exact: true }).click()
  await expect(page.getByRole('button', { name: `Restore: ${path}`, exact: true })).toHaveCount(0)
})

test('a pasted image becomes the reference; words that come with one stay words', async ({ page }) => {
  const uploads = countRequests(page, 'POST', /^\/api\/v1\/references/)
  expect(await bring(page, { type: 'paste', target: 'textarea', words: 'a cell of a sheet' })).toBe(false)
  await expect(source(page, 'Style')).toBeChecked()
  expect(await bring(page, { type: 'paste', target: 'textarea' })).toBe(true)
  await expect(chosen(page)).toBeVisible()
  expect(uploads()).toBe(1)
})

test('a chosen file becomes the reference; what is no image is told and not sent', async ({ page }) => {
  const uploads = countRequests(page, 'POST', /^\/api\/v1\/references/)
  await page.getByRole('radiogroup', { name: 'Start from' }).getByText('Reference', { exact: true }).click()
  const file = page.getByLabel('Reference image')
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
  await file.setInputFiles({ name: 'boat.png', mimeType: 'image/png', buffer: svg })
  await expect(page.getByText('This is not a PNG, JPEG, WebP or AVIF file.')).toBeVisible()
  expect(uploads()).toBe(0)
  await file.setInputFiles('public/starters/boat.webp')
  await expect(chosen(page)).toBeVisible()
  await expect(page.getByText('Couldn’t use this image')).toHaveCount(0)
  const prompt = unique('as in the reference')
  await make(page, prompt)
  await expect(card(page, prompt)).toContainText('Reference')
})

test('why an upload failed is said no more once another reference is chosen, or none', async ({ page }) => {
  const failed = page.getByText('Couldn’t use this image')
  const refuse = () =>
    page
      .getByLabel('Reference image')
      .setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') })
  await bring(page, { type: 'drop', target: 'main' })
  await expect(chosen(page)).toBeVisible()
  await refuse()
  await expect(failed).toBeVisible()
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(failed).toHaveCount(0)
  await refuse()
  await expect(failed).toBeVisible()
  const recent = page.getByRole('region', { name: 'Recent' })
  await recent.getByRole('button', { name: /^Use / }).first().click()
  await expect(chosen(page)).toBeVisible()
  await expect(failed).toHaveCount(0)
})

test('a reference is put into words, shown as a difference, applied, undone, and kept with the generation', async ({
  page,
}) => {
  await promptBox(page).fill('my own words')
  await bring(page, { type: 'drop', target: 'main' })
  await expect(chosen(page)).toBeVisible()
  await page.getByRole('button', { name: 'Describe image' }).click()
  const proposal = page.getByRole('region', { name: 'Prompt from image' })
  await expect(proposal.getByText('After', { exact: true })).toBeVisible()
  await expect(proposal.getByText('my own words')).toBeVisible()
  await expect(promptBox(page)).toHaveValue('my own words')
  await proposal.getByRole('button', { name: 'Apply' }).click()
  await expect(promptBox(page)).not.toHaveValue('my own words')
  const described = await promptBox(page).inputValue()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue('my own words')
  await page.getByRole('button', { name: 'Describe image' }).click()
  await proposal.getByRole('button', { name: 'Apply' }).click()
  await promptBox(page).press('Control+Enter')
  const made = card(page, described).first()
  await made.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Details' }).click()
  await expect(page.getByRole('dialog').getByText('From image', { exact: true })).toBeVisible()
})

test('an image is varied in its group; a new group begins when somebody says so', async ({ page }) => {
  const prompt = unique('a crane over reeds')
  await make(page, prompt)
  await promptBox(page).fill('')
  await varyInWords(page, prompt, 2)
  await expect(promptBox(page)).toHaveValue(prompt)
  await expect(page.getByText(`Adding to group: ${prompt}`)).toBeVisible()
  const varied = unique('a crane over snow')
  await make(page, varied)
  await expect(card(page, varied)).toContainText('Variation')
  await expect(card(page, varied).getByRole('button', { name: '2 generations in this group' })).toBeVisible()
  await page.getByRole('button', { name: 'Leave group' }).click()
  await expect(page.getByText('Adding to group:', { exact: false })).toHaveCount(0)
})

test(
  'a new prompt in another style is a new beginning after a variation',
  { tag: '@chromium' },
  async ({ page }) => {
    const prompt = unique('a crane over reeds')
    await make(page, prompt)
    await varyInWords(page, prompt)
    await expect(page.getByText('Based on this image')).toBeVisible()
    await page.getByRole('button', { name: /^Change style/ }).click()
    const search = page.getByRole('dialog').getByRole('searchbox')
    await search.fill('minhwa')
    await search.press('Enter')
    await expect(page.getByText(`Adding to group: ${prompt}`)).toBeVisible()
    const sent = page.waitForRequest(
      (request) => request.method() === 'POST' && /generations$/.test(request.url()),
    )
    await make(page, unique('lighthouse, storm, waves'))
    const body: Record<string, unknown> = (await sent).postDataJSON()
    expect(body).not.toHaveProperty('groupId')
    expect(body).not.toHaveProperty('imageId')
    await expect(page.getByText('Based on this image')).toHaveCount(0)
    await expect(page.getByText('Adding to group:', { exact: false })).toHaveCount(0)
  },
)

test(
  'a variation of a variation goes on with its group without saying so twice, until prompt and source are others',
  { tag: '@chromium' },
  async ({ page }) => {
    test.slow()
    const bodies: Record<string, unknown>[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && /v1\/generations$/.test(request.url()))
        bodies.push(request.postDataJSON())
    })
    const idsOf = (prompt: string) =>
      card(page, prompt)
        .locator('img')
        .evaluateAll((images) => images.map((image) => image.getAttribute('src')))
    const vary = (prompt: string) => varyInWords(page, prompt)
    const continues = page.getByText('Adding to group:', { exact: false })
    const proposal = page.getByRole('region', { name: 'Create a variation' })
    const first = unique('a heron over reeds')
    await make(page, first)
    await vary(first)
    const second = unique('a heron over reeds at dusk')
    await make(page, second)
    expect(await idsOf(second)).toHaveLength(4)
    await vary(second)
    await expect(continues).toHaveText(`Adding to group: ${second}`)
    const third = unique('a heron over reeds at night')
    await make(page, third)
    expect(bodies[2]?.groupId).toBe(bodies[1]?.groupId)
    expect(bodies[2]?.imageId).not.toBe(bodies[1]?.imageId)
    await expect(card(page, third).getByRole('button', { name: '3 generations in this group' })).toBeVisible()

    // back to an earlier one of the group: the prompt changes, and the group does not
    await promptBox(page).fill('words of my own')
    await vary(first)
    await expect(proposal).toContainText('Start from')
    await expect(proposal.locator('dt', { hasText: 'Group' })).toHaveCount(0)
    await proposal.getByRole('button', { name: 'Apply' }).click()
    await expect(continues).toHaveText(`Adding to group: ${first}`)

    // of another group: what is new does not read like what was there
    await page.getByRole('button', { name: 'Leave group' }).click()
    await promptBox(page).fill('')
    const other = unique('a kiln on a hill')
    await make(page, other)
    await vary(third)
    await expect(continues).toHaveText(`Adding to group: ${third}`)
    await promptBox(page).fill('words of my own')
    await vary(other)
    const group = proposal.locator('dt', { hasText: 'Group' }).locator('xpath=following-sibling::dd[1]')
    await expect(group.locator('del')).toContainText(third)
    await expect(group.locator('ins')).toContainText(other)
    await proposal.getByRole('button', { name: 'Apply' }).click()
    await expect(continues).toHaveText(`Adding to group: ${other}`)

    // another subject from a reference: neither the group nor the variation is left
    await bring(page, { type: 'drop', target: 'main' })
    await expect(chosen(page)).toBeVisible()
    await expect(continues).toHaveCount(0)
    await make(page, unique('lighthouse, storm, waves'))
    expect(bodies.at(-1)).not.toHaveProperty('groupId')
    expect(bodies.at(-1)).not.toHaveProperty('imageId')
    await choose(source(page, 'Style'))
    await expect(page.getByText('Based on this image')).toHaveCount(0)
    await expect(continues).toHaveCount(0)
  },
)

test('what another page asks to reuse is shown before it takes the place of typed words, and the address forgets it', async ({
  page,
}) => {
  const prompt = unique('a lantern in fog')
  await make(page, prompt)
  const id = new URL((await images(page, prompt).first().getAttribute('href')) ?? '', page.url()).pathname
    .split('/')
    .at(-1)
  await promptBox(page).fill('my own words')
  await page.goto(`${page.url()}?reuse=all&from=${id}`)
  const proposal = page.getByRole('region', { name: 'Reuse settings' })
  await expect(proposal).toContainText('a lantern in fog')
  await expect(page).toHaveURL(/\/create$/)
  await expect(promptBox(page)).toHaveValue('my own words')
  await proposal.getByRole('button', { name: 'Apply' }).click()
  await expect(promptBox(page)).toHaveValue(prompt)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue('my own words')
  await page.goto(`${page.url()}?reuse=source&from=${id}`)
  await expect(source(page, 'Image')).toBeChecked()
})

/** Takes an image of the feed into the form, to vary it with other words. */
async function varyInWords(page: Page, prompt: string, place = 1) {
  await card(page, prompt)
    .getByRole('button', { name: `Actions for image ${place}` })
    .click()
  await page.getByRole('menuitem', { name: 'Vary with a new prompt' }).click()
  await expect(page.getByRole('menuitem')).toHaveCount(0) // it fades, and the next may be opened meanwhile
}
