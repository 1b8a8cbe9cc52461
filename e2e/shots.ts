import fs from 'node:fs'
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { test } from './support/browser-test'
import { memberScreens, show, visitorScreens, type Screen } from './support/screens'
import { addTeam, prefer, seedStudio, type Seeded } from './support/seeded-studio'

const FOLDER = '.cache/shots'
/** All looks, or with `SHOTS='dark ko'` those whose words match. */
const LOOKS = (['dark', 'light'] as const)
  .flatMap((theme) =>
    (['ko', 'en'] as const).flatMap((locale) => [1440, 390].map((width) => ({ theme, locale, width }))),
  )
  .filter(({ theme, locale, width }) => `${theme} ${locale} ${width}`.match(process.env.SHOTS ?? ''))
type Look = (typeof LOOKS)[number]

let seeded: Seeded
let emptyTeam: string
let state: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ browser }) => {
  fs.mkdirSync(FOLDER, { recursive: true })
  const context = await browser.newContext()
  const page = await context.newPage()
  seeded = await seedStudio(page)
  emptyTeam = await addTeam(page)
  state = await context.storageState()
  await context.close()
})

for (const look of LOOKS) {
  test(`every screen, ${look.theme} ${look.locale} ${look.width}`, async ({ browser }) => {
    const members = [...memberScreens(seeded, emptyTeam), ...momentsOf(seeded)]
    await shootAll(browser, look, members, state)
    await shootAll(browser, look, [...visitorScreens(seeded), firstRun()])
  })
}

/** States that only a look tells something about; the others are in the list that all tests share. */
function momentsOf({ team }: Seeded): Screen[] {
  return [
    { name: 'create, refusals', path: `${team}/create`, act: scrollToRefusals },
    { name: 'create, writing', path: `${team}/create`, act: writePrompt },
    { name: 'gallery, share the selection', path: `${team}/gallery`, act: shareSelection },
    { name: 'offline', path: `${team}/create`, act: (page) => page.context().setOffline(true) },
  ]
}

const firstRun = (): Screen => ({
  name: 'first run',
  path: `http://localhost:${process.env.E2E_FRESH_PORT}/setup`,
})

async function writePrompt(page: Page) {
  const dock = page.locator('button[aria-haspopup=dialog].h-12')
  if (await dock.isVisible()) await dock.click()
  await page.locator('textarea').filter({ visible: true }).fill('안개 낀 새벽 산, 소나무 한 그루')
}

async function scrollToRefusals(page: Page) {
  const refused = page.getByText('#sandbox:nsfw_image').first()
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await refused.scrollIntoViewIfNeeded({ timeout: 500 })
  }).toPass({ timeout: 10_000 })
}

async function shareSelection(page: Page) {
  await page.getByRole('button', { name: /^(Select|선택)$/ }).click()
  for (const place of [0, 2, 3]) await page.locator('[data-image]').nth(place).click()
  await page
    .getByRole('button', { name: /^(Share|공유)/ })
    .last()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

async function shootAll(browser: Browser, look: Look, screens: Screen[], storageState?: typeof state) {
  const context = await browser.newContext({
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    viewport: { width: look.width, height: look.width < 761 ? 844 : 900 },
    hasTouch: look.width < 761,
    reducedMotion: 'reduce',
    colorScheme: look.theme,
    ...(storageState && { storageState }),
  })
  await prefer(context, look)
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  for (const screen of screens) await shoot(page, look, screen)
  await context.close()
}

/** A state that cannot be reached is told and does not keep the others from being seen. */
async function shoot(page: Page, { theme, locale, width }: Look, screen: Screen) {
  const file = `${FOLDER}/${screen.name.replaceAll(/\W+/g, '-')}.${theme}.${locale}.${width}.png`
  await show(page, screen).catch((error: Error) => console.error(`${file}: ${error.message.split('\n')[0]}`))
  await imagesInView(page)
  await page.screenshot({ path: file, caret: 'hide' })
  await page.context().setOffline(false)
}

/** Images below the fold load when they are scrolled to; an image that is late is shown as late. */
async function imagesInView(page: Page) {
  const all = () =>
    [...document.images]
      .filter((image) => image.getBoundingClientRect().top < window.innerHeight)
      .every((image) => image.complete)
  await page.waitForFunction(all, undefined, { timeout: 5_000 }).catch(() => undefined)
}
