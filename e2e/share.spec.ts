import { expect, type Browser, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { openCreate } from './support/create-page'
import { callerFor, makeImages, makeTeam, originOf } from './support/seeded-studio'

/** A team of the test's own, and what is asked in it beside the page. */
async function startTeam(page: Page) {
  const team = await makeTeam(page)
  const call = callerFor(page, team)
  return {
    team,
    /** Two images of a prompt. */
    make: (prompt: string) => makeImages(page, team, { prompt, sample: 2 }),
    /** A link to what a prompt made. */
    share: async (id: string, options: object = {}) => {
      const link = await call('/api/v1/share-links', { target: { kind: 'generation', id }, ...options })
      return { id: link.id, path: new URL(link.url, await originOf(page)).pathname }
    },
    readLink: (id: string) => call(`/api/v1/share-links/${id}`, undefined, 'GET'),
  }
}

/** Somebody outside: no account, Korean, on a phone, without JavaScript. */
async function visit(browser: Browser, url: string) {
  const context = await browser.newContext({
    // the automated browser says that it is one, and would not be counted
    userAgent: 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
    locale: 'ko-KR',
    colorScheme: 'light',
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  const answer = await page.goto(url)
  return { page, status: answer?.status(), headers: answer?.headers() ?? {}, close: () => context.close() }
}

test('a client without an account and without script sees, opens and downloads what was shared', async ({
  page,
  browser,
  baseURL,
}) => {
  const { make, share, readLink } = await startTeam(page)
  const { id } = await make('layered mountains at dawn')
  const link = await share(id, { title: '봄 차 1차 시안', showPrompt: true })
  const guest = await visit(browser, `${baseURL}${link.path}`)
  expect(guest.status).toBe(200)
  expect(guest.headers).toMatchObject({ 'referrer-policy': 'no-referrer' })
  expect(guest.headers['x-robots-tag']).toContain('noindex')
  expect(guest.headers['cache-control']).toContain('no-store')
  await expect(guest.page.getByRole('heading', { name: '봄 차 1차 시안' })).toBeVisible()
  await expect(guest.page.getByText('layered mountains at dawn').first()).toBeVisible()
  await expect(guest.page.locator('html')).toHaveAttribute('lang', 'ko')
  await expect(guest.page.locator('body')).toHaveCSS('color-scheme', /light/)
  const images = guest.page.getByRole('link', { name: /번 이미지, 크게 보기/ })
  await expect(images).toHaveCount(2)
  const [download] = await Promise.all([
    guest.page.waitForEvent('download'),
    guest.page.getByRole('link', { name: '모두 다운로드 (2)' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('봄-차-1차-시안.zip')
  await expect.poll(async () => (await readLink(link.id)).viewCount).toBe(1)
  await guest.close()
})

test(
  'a password is asked for by a plain form, and wrong ones are told',
  { tag: '@chromium' },
  async ({ page, browser, baseURL }) => {
    const { make, share } = await startTeam(page)
    const { id } = await make('a fox in the snow')
    const link = await share(id, { password: '감나무 아래' })
    const guest = await visit(browser, `${baseURL}${link.path}`)
    await expect(guest.page.getByText('a fox in the snow')).toHaveCount(0)
    await guest.page.getByLabel('비밀번호').fill('감나무 위')
    await guest.page.getByRole('button', { name: '이미지 보기' }).click()
    await expect(guest.page.getByRole('alert')).toContainText('비밀번호가 맞지 않아요')
    await guest.page.getByLabel('비밀번호').fill('감나무 아래')
    await guest.page.getByRole('button', { name: '이미지 보기' }).click()
    await expect(guest.page.getByRole('link', { name: /크게 보기/ })).toHaveCount(2)
    expect(await guest.page.content()).not.toContain('og:image')
    await guest.close()
  },
)

test('revoking ends the page and the images in a browser that has them open', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, make, share } = await startTeam(page)
  const { id } = await make('a red boat')
  const link = await share(id, { title: `Revoke ${id}` })
  const guest = await visit(browser, `${baseURL}${link.path}`)
  const image = await guest.page
    .getByRole('link', { name: /크게 보기/ })
    .first()
    .getAttribute('href')
  expect((await guest.page.request.get(`${baseURL}${image}`)).status()).toBe(200)

  await page.goto(`${team}/links`)
  const row = page.getByRole('listitem').filter({ hasText: `Revoke ${id}` })
  await row.getByRole('button', { name: 'Revoke' }).click()
  const question = page.getByRole('dialog', { name: 'Revoke this link?' })
  await expect(question).toContainText('The link stops working immediately')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(question).toHaveCount(0)
  expect((await guest.page.request.get(`${baseURL}${image}`)).status()).toBe(200)
  await row.getByRole('button', { name: 'Revoke' }).click()
  await question.getByRole('button', { name: 'Revoke link' }).click()
  await expect(question).toHaveCount(0) // while it asks, nothing beside it has a role
  await expect(row).toHaveCount(0)

  expect((await guest.page.request.get(`${baseURL}${image}`)).status()).toBe(404)
  expect((await guest.page.reload())?.status()).toBe(404)
  await expect(guest.page.getByRole('heading', { name: '열 수 없는 링크예요' })).toBeVisible()
  await page.goto(`${team}/links?state=ended`)
  await expect(page.getByRole('listitem').filter({ hasText: `Revoke ${id}` })).toContainText('Revoked')
  await guest.close()
})

test('a link is revoked in the dialog that shows it, once that is said to be meant', async ({ page }) => {
  const team = await openCreate(page)
  const asked = { prompt: 'a red boat at noon', sample: 2 }
  const [image] = (await makeImages(page, team, asked)).images
  await page.goto(`${team}/images/${image.id}?share=image`)
  const dialog = page.getByRole('dialog', { name: 'Share this image' })
  await dialog.getByRole('button', { name: 'Revoke link' }).click()
  const question = page.getByRole('dialog', { name: 'Revoke this link?' })
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(dialog.getByRole('textbox', { name: 'Link' })).toBeVisible()

  // a toast that stays, as it does under the pointer, leaves the buttons of the dialog free
  await makeImages(page, team, { ...asked, prompt: 'a red boat at dusk #sandbox:slow=8000' })
  const toast = page.locator('[data-toast]').filter({ hasText: '2 images are ready' })
  await toast.hover()
  await dialog.getByRole('button', { name: 'Revoke link' }).click({ timeout: 5_000 })
  await expect(toast).toBeVisible()
  await question.getByRole('button', { name: 'Revoke link' }).click()
  await expect(question).toHaveCount(0)
  await expect(dialog.getByText('Link revoked')).toBeVisible()
  const ended = '/api/v1/share-links?state=ended&limit=1'
  const { items } = await callerFor(page, team)(ended, undefined, 'GET')
  expect(items[0].target).toEqual({ kind: 'image', id: image.id })
})

test('what people typed reaches the public page as text alone', async ({ page, browser, baseURL }) => {
  const { make, share } = await startTeam(page)
  const evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>&lt;b&gt;'
  const { id } = await make(evil)
  const link = await share(id, { title: evil, showPrompt: true })
  const context = await browser.newContext()
  const guest = await context.newPage()
  const alarms: string[] = []
  guest.on('dialog', (dialog) => {
    alarms.push(dialog.message())
    void dialog.dismiss()
  })
  await guest.goto(`${baseURL}${link.path}`)
  await expect(guest.getByRole('heading', { level: 1 })).toHaveText(evil)
  await expect(guest.locator('img[src="x"]')).toHaveCount(0)
  expect(alarms).toEqual([])
  await context.close()
})

test('the list of links changes a link in place: title, end, password, download', async ({ page }) => {
  const { team, make, share, readLink } = await startTeam(page)
  const { id } = await make('a blue house by the sea')
  const link = await share(id, { title: `Change ${id}` })
  await page.goto(`${team}/links`)
  await page
    .getByRole('listitem')
    .filter({ hasText: `Change ${id}` })
    .getByRole('button', { name: 'Edit' })
    .click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeFocused()
  await dialog.getByLabel('Expires').selectOption({ label: 'In 7 days' })
  const read = () => readLink(link.id)
  await expect
    .poll(async () => Math.round((Date.parse((await read()).expiresAt) - Date.now()) / 86_400_000))
    .toBe(7)
  await dialog.getByText('Allow download').click()
  await expect.poll(async () => (await read()).allowDownload).toBe(false)
  await dialog.getByRole('switch', { name: /Password/ }).press('Space')
  await dialog.getByLabel('New password').fill('persimmon')
  await dialog.getByRole('button', { name: 'Set password' }).click()
  await expect.poll(async () => (await read()).hasPassword).toBe(true)
  await dialog.getByLabel('Title').fill('Spring tea')
  await dialog.getByLabel('Title').press('Enter')
  await expect.poll(async () => (await read()).title).toBe('Spring tea')
})

test('a title that was typed is saved once, however the dialog closes', async ({ page }) => {
  const { team, make, share, readLink } = await startTeam(page)
  const { id } = await make('a kite over the dunes')
  const link = await share(id, { title: `Kite ${id}` })
  const sent: object[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') sent.push(request.postDataJSON())
  })
  await page.goto(`${team}/links`)
  const dialog = page.getByRole('dialog', { name: `Kite ${id}` })
  const open = async () => {
    await page
      .getByRole('listitem')
      .filter({ hasText: `Kite ${id}` })
      .getByRole('button', { name: 'Edit' })
      .click()
    await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeFocused()
  }
  const type = async (title: string) => {
    await open()
    await dialog.getByLabel('Title').fill(title)
  }
  const closes = {
    escape: () => page.keyboard.press('Escape'),
    enterAndEscape: async () => {
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
    },
    done: () => dialog.getByRole('button', { name: 'Done' }).click(),
  }
  const titles: string[] = []
  for (const [name, close] of Object.entries(closes)) {
    const title = `Kite ${id} ${name}`
    titles.push(title)
    await type(` ${title} `)
    await close()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect.poll(async () => (await readLink(link.id)).title).toBe(title)
    await expect(page.getByRole('listitem').filter({ hasText: title })).toBeVisible()
  }
  await open()
  await closes.escape()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(sent).toEqual(titles.map((title) => ({ title })))

  await page.goto(`${team}/gallery`)
  await page.getByRole('link', { name: 'Shared' }).first().click()
  await type(`Kite ${id} back`)
  await page.goBack()
  await expect(dialog).toHaveCount(0)
  await expect.poll(async () => (await readLink(link.id)).title).toBe(`Kite ${id} back`)
})

test('a password that was typed is set by closing the dialog, and one that is too short says that it is not', async ({
  page,
  browser,
  baseURL,
}) => {
  const { team, make, share, readLink } = await startTeam(page)
  const { id } = await make('a lantern by the door')
  const link = await share(id, { title: `Typed ${id}` })
  await page.goto(`${team}/links`)
  const row = page.getByRole('listitem').filter({ hasText: `Typed ${id}` })
  const dialog = page.getByRole('dialog', { name: `Typed ${id}` }) // what is told afterwards is one as well
  const type = async (password: string) => {
    await row.getByRole('button', { name: 'Edit' }).click()
    await dialog.getByRole('switch', { name: /Password/ }).press('Space')
    await dialog.getByLabel('New password').fill(password)
    await expect(dialog.getByText('Not set yet')).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(dialog).toBeHidden()
  }
  await type('abc')
  const notifications = page.getByRole('region', { name: 'Notifications' })
  await expect(notifications.getByText('Password not set')).toBeVisible()
  await type('persimmon')
  const read = () => readLink(link.id)
  await expect.poll(async () => (await read()).hasPassword).toBe(true)
  const guest = await visit(browser, `${baseURL}${link.path}`)
  await expect(guest.page.getByLabel('비밀번호')).toBeVisible()
  await guest.close()
})

test(
  'changes made while an answer is awaited stand, and are sent one after the other',
  { tag: '@chromium' },
  async ({ page }) => {
    const { team, make, share, readLink } = await startTeam(page)
    const { id } = await make('a red boat on a lake')
    const link = await share(id, { title: `Hurry ${id}` })
    const sent: object[] = []
    const release: (() => void)[] = []
    await page.route(`**/api/v1/share-links/${link.id}`, async (route) => {
      sent.push(route.request().postDataJSON())
      await new Promise<void>((resolve) => release.push(resolve))
      await (sent.length === 1 ? route.abort() : route.continue())
    })
    await page.goto(`${team}/links`)
    const row = page.getByRole('listitem').filter({ hasText: `Hurry ${id}` })
    await row.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    const download = dialog.getByRole('switch', { name: /Allow download/ })
    const prompt = dialog.getByRole('switch', { name: /Show prompts/ })
    const expires = dialog.getByLabel('Expires')
    await expect(download).toBeChecked()
    await dialog.getByText('Allow download').click()
    await dialog.getByText('Show prompts').click()
    await expires.selectOption({ label: 'In 7 days' })
    await dialog.getByRole('switch', { name: /Password/ }).press('Space')
    await dialog.getByLabel('New password').fill('persimmon')
    await dialog.getByLabel('New password').press('Enter')
    const chosen = async () => {
      await expect(prompt).toBeChecked()
      await expect(expires).toHaveValue('7')
      await expect(dialog.getByRole('button', { name: 'Change', exact: true })).toBeVisible()
    }
    await expect(download).not.toBeChecked()
    await chosen()
    for (const count of [1, 2, 3, 4]) {
      await expect.poll(() => sent.length).toBe(count)
      release.shift()?.()
      await chosen()
    }
    expect(sent).toEqual([
      { allowDownload: false },
      { showPrompt: true },
      { expiresInDays: 7 },
      { password: 'persimmon' },
    ])
    await expect(dialog.getByText('Couldn’t save this change')).toBeVisible()
    await expect(download).toBeChecked()
    const kept = () => readLink(link.id)
    await expect.poll(kept).toMatchObject({ allowDownload: true, showPrompt: true, hasPassword: true })
    await chosen()
  },
)

test('of several requests exactly the chosen images are shared', async ({ page, browser, baseURL }) => {
  const { team, make } = await startTeam(page)
  const words = `chosen ${Date.now()}`
  const [first, second] = [await make(`${words} one`), await make(`${words} two`)]
  await page.goto(`${team}/gallery?q=${encodeURIComponent(words)}`)
  await page.getByRole('button', { name: 'Select', exact: true }).click()
  const chosen = [first.images[1].id, second.images[0].id]
  await expect(page.getByRole('link', { name: /^Select: / })).toHaveCount(4)
  for (const id of chosen) await page.locator(`[data-image="${id}"]`).click()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share selected images' })
  await expect(dialog.getByText('Anyone with the link can see these 2 images.')).toBeVisible()
  const address = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  const guest = await visit(browser, new URL(address, baseURL).href)
  const images = guest.page.getByRole('link', { name: /크게 보기/ })
  await expect(images).toHaveCount(2)
  const hrefs = await images.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(new Set(hrefs.map((href) => href.split('/')[4]))).toEqual(new Set(chosen))
  await guest.close()
})
