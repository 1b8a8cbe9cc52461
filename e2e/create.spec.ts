import { expect, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import {
  card,
  generate,
  IN_TIME,
  isAlive,
  openCreate,
  images,
  promptBox,
  unique,
} from './support/create-page'
import { holdRequests } from './support/held-requests'
import { SECOND_OWNER } from './support/owner'

/** How many requests to generate leave the page. */
function countSubmits(page: Page): () => number {
  let count = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/generations')) count += 1
  })
  return () => count
}

test.beforeEach(async ({ page }) => openCreate(page))

test('a prompt becomes four images; tiles are in place at once and the form keeps what was typed', async ({
  page,
}) => {
  const prompt = unique('a small boat at sea')
  const { letThrough } = await holdRequests(page, '**/api/v1/generations')
  await promptBox(page).fill(prompt)
  await generate(page).click()
  await expect(card(page, prompt)).toBeVisible() // the server has not heard of it yet
  letThrough()
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
  await expect(promptBox(page)).toHaveValue(prompt)
})

test(
  'one press is one card, also when its news comes before its answer',
  { tag: '@chromium' },
  async ({ page }) => {
    const prompt = unique('a heron #sandbox:slow=2000')
    let answer: (() => void) | undefined
    const canAnswer = new Promise<void>((resolve) => (answer = resolve))
    await page.route('**/api/v1/generations', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      const response = await route.fetch()
      await canAnswer
      await route.fulfill({ response })
    })
    await promptBox(page).fill(prompt)
    await generate(page).click()
    await expect(card(page, prompt)).not.toHaveAttribute('data-status', 'outgoing')
    expect(await card(page, prompt).count()).toBe(1)
    answer?.()
    await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
    expect(await card(page, prompt).count()).toBe(1)
  },
)

test('a refresh half-way loses neither the draft nor the image', async ({ page }) => {
  const prompt = unique('a lighthouse #sandbox:slow=5000')
  await promptBox(page).fill(prompt)
  await promptBox(page).press('Control+Enter')
  await expect(card(page, prompt)).toContainText(/Generating…|Queued/)
  await promptBox(page).fill('what I typed next')
  await page.reload()
  await expect(promptBox(page)).toHaveValue('what I typed next')
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
})

test('a double click asks once', async ({ page }) => {
  const submits = countSubmits(page)
  const prompt = unique('a fox')
  await promptBox(page).fill(prompt)
  await generate(page).dblclick()
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
  expect(submits()).toBe(1)
})

test('balances that were seen another day say which', async ({ page }) => {
  const credits = page.getByRole('group', { name: 'Credits left' })
  await expect(credits).toHaveText(
    /^[\d,]+ credits, Daily [\d,]+ · Monthly [\d,]+ · Top-up [\d,]+ · Renews \p{L}+ \d{1,2} · Updated \d\d:\d\d$/u,
  )
  await page.clock.setFixedTime(Date.now() + 24 * 60 * 60_000)
  await page.reload()
  await expect(credits).toHaveText(/ · Updated \p{L}+ \d{1,2},? .*\d\d:\d\d$/u)
})

test('another tab sees the images come without a reload', async ({ page, context }) => {
  const other = await context.newPage()
  await other.goto(page.url())
  await isAlive(other)
  const prompt = unique('koi in a pond')
  await promptBox(page).fill(prompt)
  await promptBox(page).press('Control+Enter')
  await expect(images(other, prompt)).toHaveCount(4, IN_TIME)
})

test('Ctrl+Enter submits once, Enter alone is a new line', async ({ page }) => {
  const submits = countSubmits(page)
  await promptBox(page).fill(unique('two'))
  await promptBox(page).press('Enter')
  await promptBox(page).pressSequentially('lines')
  await expect(promptBox(page)).toHaveValue(/^two [^\n]+\nlines$/)
  expect(submits()).toBe(0)
  await promptBox(page).press('Control+Enter')
  await expect.poll(submits).toBe(1)
})

test(
  'an Enter that ends a Hangul composition never submits, in Chrome’s order and in Safari’s',
  { tag: '@chromium' },
  async ({ page }) => {
    const submits = countSubmits(page)
    const input = await page.context().newCDPSession(page)
    await promptBox(page).fill('')
    await promptBox(page).focus()
    await input.send('Input.imeSetComposition', { text: '바', selectionStart: 1, selectionEnd: 1 })
    const enter = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 }
    await input.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter })
    await input.send('Input.insertText', { text: '바다' })
    await input.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter })
    await expect(promptBox(page)).toHaveValue('바다')
    await promptBox(page).evaluate((box) => {
      box.dispatchEvent(new CompositionEvent('compositionend', { data: '다', bubbles: true }))
      const keydown = new KeyboardEvent('keydown', {
        key: 'Enter',
        code: 'Enter',
        keyCode: 229,
        bubbles: true,
      })
      box.dispatchEvent(keydown)
    })
    expect(submits()).toBe(0)
    await promptBox(page).press('Control+Enter')
    await expect.poll(submits).toBe(1)
  },
)

test(
  'Ctrl+Enter in the middle of a composition submits once, with the last syllable',
  { tag: '@chromium' },
  async ({ page }) => {
    const bodies: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/generations'))
        bodies.push(request.postData() ?? '')
    })
    await promptBox(page).fill('달항아리')
    await promptBox(page).evaluate((box) => {
      const key = { key: 'Enter', code: 'Enter', keyCode: 229, ctrlKey: true, bubbles: true }
      box.dispatchEvent(new KeyboardEvent('keydown', { ...key, isComposing: true }))
      box.dispatchEvent(new CompositionEvent('compositionend', { data: '리', bubbles: true }))
      box.dispatchEvent(new KeyboardEvent('keydown', { ...key, keyCode: 13 }))
      box.dispatchEvent(new KeyboardEvent('keyup', key))
    })
    await expect.poll(() => bodies.length).toBe(1)
    expect(bodies[0]).toContain('달항아리')
  },
)

test('a prompt over the limit stays whole; the button says why it waits', async ({ page }) => {
  await promptBox(page).fill('가'.repeat(1_214))
  await expect(page.getByText('1,214 / 1,200 · 14 over limit')).toBeVisible()
  await expect(generate(page)).toBeDisabled()
  await expect(page.getByText('Shorten your prompt by 14 characters')).toBeVisible()
  await promptBox(page).fill('🎨'.repeat(1_200))
  await expect(generate(page)).toBeEnabled()
})

test('a word without an end stays within the form', async ({ page }) => {
  const panelWidth = () => promptBox(page).evaluate((box) => Math.round(box.getBoundingClientRect().width))
  const before = await panelWidth()
  await promptBox(page).fill(`see https://example.com/${'a'.repeat(200)}`)
  await promptBox(page).press('End')
  expect(await panelWidth()).toBe(before)
})

test('offline nothing is sent and nothing is lost; back online it works', async ({ page, context }) => {
  const submits = countSubmits(page)
  const prompt = unique('a windmill')
  await promptBox(page).fill(prompt)
  await context.setOffline(true)
  await generate(page).click()
  await expect(page.getByText('generate when you reconnect', { exact: false })).toBeVisible()
  expect(submits()).toBe(0)
  await context.setOffline(false)
  await expect(page.getByText('generate when you reconnect', { exact: false })).toBeHidden()
  await generate(page).click()
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
})

test('a lost answer is asked for again under the same key, and makes one generation', async ({ page }) => {
  const keys: string[] = []
  await page.route('**/api/v1/generations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    keys.push(route.request().headers()['idempotency-key'] ?? '')
    if (keys.length > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  const prompt = unique('a crane')
  await promptBox(page).fill(prompt)
  await generate(page).click()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
  await expect(card(page, prompt)).toHaveCount(1)
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
})

test('a request whose answer was lost is sent again as it was, though another is written by then', async ({
  page,
}) => {
  let lose: () => void = () => undefined
  const isLost = new Promise<void>((resolve) => (lose = resolve))
  let isFirst = true
  await page.route('**/api/v1/generations', async (route) => {
    if (route.request().method() !== 'POST' || !isFirst) return route.fallback()
    isFirst = false
    await route.fetch()
    await isLost
    await route.abort('connectionreset')
  })
  const placeOf = async () => (await page.getByRole('button', { name: 'Campaign set' }).boundingBox())?.x
  const buttonAt = await placeOf()
  const prompt = unique(
    'a crane at night above the river, with so many words that no line of the form has room for them',
  )
  await promptBox(page).fill(prompt)
  await generate(page).click()
  await promptBox(page).fill('written meanwhile')
  lose()
  const again = page.getByRole('button', { name: 'Send again' })
  await expect(again).toBeVisible()
  expect(await placeOf(), 'place of a button above the lost prompt').toBe(buttonAt)
  await promptBox(page).press('End')
  await promptBox(page).pressSequentially(', and on')
  await again.click()
  await expect(images(page, prompt)).toHaveCount(4, IN_TIME)
  await expect(card(page, prompt)).toHaveCount(1)
  await expect(again).toBeHidden()
  await expect(promptBox(page)).toHaveValue('written meanwhile, and on')
})

test('a request that is refused once another page is open is told there', async ({ page }) => {
  let refuse: () => void = () => undefined
  const isLeft = new Promise<void>((resolve) => (refuse = resolve))
  await page.route('**/api/v1/generations', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await isLeft
    await route.fulfill({ status: 503, json: {} })
  })
  await promptBox(page).fill(unique('a crane that nobody sees'))
  await generate(page).click()
  await page.getByRole('link', { name: 'Styles' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Styles' })).toBeVisible()
  refuse()
  const toast = page.getByRole('region', { name: 'Notifications' })
  await expect(toast.getByText('Send again')).toBeVisible()
})

test('the draft outlives the session', async ({ page, context }) => {
  await promptBox(page).fill('kept over the sign-in')
  await page.route('**/api/v1/events**', (route) => route.abort()) // its 401 leads to the sign-in by itself
  await context.clearCookies()
  await generate(page).click()
  await page.getByRole('link', { name: 'Sign in again' }).click()
  await page.getByLabel('Email').fill(SECOND_OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(SECOND_OWNER.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/create/)
  await expect(promptBox(page)).toHaveValue('kept over the sign-in')
})

test('the dice and the history fill the box, and undo brings back what was typed', async ({ page }) => {
  const sent = unique('sent before')
  await promptBox(page).fill(sent)
  await promptBox(page).press('Control+Enter')
  // kept with the answer, which may come after the news of it
  await page.getByRole('button', { name: 'Prompts and templates' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: sent })).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await promptBox(page).fill('typing')
  await promptBox(page).press('Alt+ArrowUp')
  await expect(promptBox(page)).toHaveValue(sent)
  await promptBox(page).press('Alt+ArrowDown')
  await expect(promptBox(page)).toHaveValue('typing')
  await page.getByRole('button', { name: 'Random prompt' }).click()
  await expect(promptBox(page)).not.toHaveValue('typing')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue('typing')
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('an enhanced prompt is shown as a difference, applied, undone, and kept with the generation', async ({
  page,
}) => {
  const prompt = unique('a red boat')
  await promptBox(page).fill(prompt)
  await page.getByRole('button', { name: 'Enhance' }).click()
  const proposal = page.getByRole('region', { name: 'Enhanced prompt' })
  await expect(proposal.locator('ins')).not.toHaveCount(0)
  await expect(promptBox(page)).toHaveValue(prompt)
  await proposal.getByRole('button', { name: 'Apply' }).click()
  await expect(promptBox(page)).not.toHaveValue(prompt)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(promptBox(page)).toHaveValue(prompt)
  await page.getByRole('button', { name: 'Enhance' }).click()
  await page.getByRole('region', { name: 'Enhanced prompt' }).getByRole('button', { name: 'Apply' }).click()
  await expect(promptBox(page)).not.toHaveValue(prompt)
  const enhanced = await promptBox(page).inputValue()
  await promptBox(page).press('Control+Enter')
  await card(page, enhanced).getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Details' }).click()
  await expect(page.getByRole('dialog').getByText('Original')).toBeVisible()
})

test('whole settings over typed words are shown first, and the form is left alone until then', async ({
  page,
}) => {
  const made = unique('a quiet forest')
  await promptBox(page).fill(made)
  await promptBox(page).press('Control+Enter')
  await expect(images(page, made)).toHaveCount(4, IN_TIME)
  await promptBox(page).fill('my own words')
  await card(page, made).getByRole('button', { name: 'Reuse', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Reuse all settings' }).click()
  await expect(promptBox(page)).toHaveValue('my own words')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(promptBox(page)).toHaveValue(made)
})

test('a style is found by initial consonants and chosen with the keyboard alone', async ({ page }) => {
  await page.getByRole('button', { name: /^Change style/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('ㅋㅋㅋ')
  await expect(page.getByRole('option')).toHaveCount(0)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('ㅁㅎ')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Change style: Minhwa' })).toBeFocused()
})

test('Enter in the search of the styles takes the first that was found, or the number that was typed', async ({
  page,
}) => {
  const change = page.getByRole('button', { name: /^Change style/ })
  const search = page.getByRole('dialog').getByRole('searchbox')
  await change.click()
  await search.press('Enter')
  await expect(search).toBeVisible()
  await search.fill('paper')
  await search.press('Enter')
  await expect(page.getByRole('button', { name: 'Change style: Paper cut' })).toBeFocused()
  await change.click()
  await search.fill('10')
  await search.press('Enter')
  await expect(page.getByRole('button', { name: 'Change style: Style 10' })).toBeFocused()
})

test('a new tab begins with the latest draft', async ({ page, context }) => {
  await promptBox(page).fill('half a thought')
  await page.getByText('16:9', { exact: true }).click()
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(promptBox(other)).toHaveValue('half a thought')
  await expect(other.getByRole('radio', { name: '16:9' })).toBeChecked()
})

test('an unknown end is told with what is known and settled by a person', async ({ page }) => {
  const prompt = unique('a storm #sandbox:reset_after')
  await promptBox(page).fill(prompt)
  await promptBox(page).press('Control+Enter')
  await expect(card(page, prompt)).toContainText('Result unknown', IN_TIME)
  await card(page, prompt).getByRole('button', { name: 'Mark as not charged' }).click()
  await expect(card(page, prompt)).toContainText('Marked as not charged.')
})
