import fs from 'node:fs'
import { test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { prefer, seedStudio, signInOwner, type Seeded } from './support/seeded-studio'

const FOLDER = '.cache/shots'
/** All looks, or with `SHOTS='dark ko'` those whose words match. */
const LOOKS = (['dark', 'light'] as const)
  .flatMap((theme) =>
    (['ko', 'en'] as const).flatMap((locale) => [1440, 390].map((width) => ({ theme, locale, width }))),
  )
  .filter(({ theme, locale, width }) => `${theme} ${locale} ${width}`.match(process.env.SHOTS ?? ''))
type Look = (typeof LOOKS)[number]
type Shot = { name: string; path: string; act?: (page: Page, look: Look) => Promise<void> }

let seeded: Seeded
let state: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ browser }) => {
  fs.mkdirSync(FOLDER, { recursive: true })
  const context = await browser.newContext()
  const page = await context.newPage()
  await shootEmpty(browser)
  seeded = await seedStudio(page)
  state = await context.storageState()
  await context.close()
})

for (const look of LOOKS) {
  test(`every screen, ${look.theme} ${look.locale} ${look.width}`, async ({ browser }) => {
    await shootAll(browser, look, membersScreens(seeded), state)
    await shootAll(browser, look, visitorsScreens(seeded))
  })
}

function membersScreens({ team, image }: Seeded): Shot[] {
  const at = (path: string) => `${team}/${path}`
  const settings = ['profile', 'team', 'members', 'keys', 'system']
  return [
    { name: 'create', path: at('create') },
    { name: 'create-failures', path: at('create'), act: scrollToFailures },
    { name: 'create-writing', path: at('create'), act: writePrompt },
    { name: 'create-picker', path: at('create'), act: openStylePicker },
    { name: 'gallery', path: at('gallery') },
    { name: 'gallery-none', path: at('gallery?q=zeppelin') },
    { name: 'gallery-selecting', path: at('gallery'), act: selectTwo },
    { name: 'picture', path: at(`images/${image}`) },
    { name: 'trash', path: at('trash') },
    { name: 'styles', path: at('styles') },
    { name: 'links', path: at('links') },
    ...settings.map((part) => ({ name: `settings-${part}`, path: at(`settings/${part}`) })),
    { name: 'palette', path: at('create'), act: openByKey('Control+k') },
    { name: 'shortcuts', path: at('gallery'), act: openByKey('?') },
    { name: 'offline', path: at('create'), act: (page: Page) => page.context().setOffline(true) },
    { name: 'not-found', path: at('nothing-here') },
  ]
}

function visitorsScreens({ share, locked, gone, invitation }: Seeded): Shot[] {
  return [
    { name: 'sign-in', path: '/sign-in' },
    { name: 'invitation', path: invitation },
    { name: 'share', path: share },
    { name: 'share-password', path: locked },
    { name: 'share-gone', path: gone },
    { name: 'first-run', path: `http://localhost:${process.env.E2E_FRESH_PORT}/setup` },
  ]
}

async function shootEmpty(browser: Browser) {
  for (const look of LOOKS) {
    const context = await contextFor(browser, look)
    const page = await context.newPage()
    const team = await signInOwner(page)
    await prefer(context, look)
    const path = (name: string) => `${team}/${name}`
    for (const name of ['create', 'gallery', 'links'])
      await shoot(page, look, { name: `${name}-empty`, path: path(name) })
    await context.close()
  }
}

async function writePrompt(page: Page, { width }: Look) {
  if (width < 761) await openSheet(page)
  await page.locator('textarea').last().fill('안개 낀 새벽 산, 소나무 한 그루')
}

const openSheet = (page: Page) => page.locator('button[aria-haspopup=dialog].h-12').click()

async function openStylePicker(page: Page, { width }: Look) {
  if (width < 761) await openSheet(page)
  const change = page.getByRole('button', { name: /^(Change the style|스타일 바꾸기|Choose a style)/ })
  await change.first().click()
  await page.getByRole('dialog').getByRole('searchbox').waitFor({ timeout: 5_000 })
}

const openByKey = (key: string) => async (page: Page) => {
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor({ timeout: 5_000 })
}

async function scrollToFailures(page: Page) {
  await page.getByText('#sandbox:nsfw_image').first().scrollIntoViewIfNeeded({ timeout: 5_000 })
}

async function selectTwo(page: Page) {
  await page.getByRole('button', { name: /^(Select|선택)$/ }).click()
  const pictures = page.getByRole('main').locator('a:has(img), button:has(img)')
  await pictures.nth(0).click()
  await pictures.nth(2).click()
}

async function contextFor(browser: Browser, look: Look, storageState?: typeof state) {
  const size = { width: look.width, height: look.width < 761 ? 844 : 900 }
  const context = await browser.newContext({
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    viewport: size,
    hasTouch: look.width < 761,
    reducedMotion: 'reduce',
    colorScheme: look.theme,
    ...(storageState && { storageState }),
  })
  await prefer(context, look)
  return context
}

async function shootAll(browser: Browser, look: Look, shots: Shot[], storageState?: typeof state) {
  const context = await contextFor(browser, look, storageState)
  const page = await context.newPage()
  for (const shot of shots) await shoot(page, look, shot)
  await context.close()
}

/** A state that cannot be reached is told and does not keep the others from being seen. */
async function shoot(page: Page, look: Look, { name, path, act }: Shot) {
  const file = `${FOLDER}/${name}.${look.theme}.${look.locale}.${look.width}.png`
  await page.goto(path)
  await picturesInView(page)
  await act?.(page, look).catch((error: Error) => console.error(`${file}: ${error.message.split('\n')[0]}`))
  await page.evaluate(() => document.fonts.ready)
  await picturesInView(page)
  await page.screenshot({ path: file, caret: 'hide' })
  await page.context().setOffline(false)
}

/** Pictures below the fold load when they are scrolled to; a picture that is late is shown as late. */
async function picturesInView(page: Page) {
  const all = () =>
    [...document.images]
      .filter((image) => image.getBoundingClientRect().top < window.innerHeight)
      .every((image) => image.complete)
  await page.waitForFunction(all, undefined, { timeout: 5_000 }).catch(() => undefined)
}
