import fs from 'node:fs'
import path from 'node:path'
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { findings } from './support/axe'
import { test } from './support/browser-test'
import { memberScreens, show, visitorScreens, type Screen } from './support/screens'
import { makeTeam, prefer, seedTeam, type Seeded } from './support/seeded-studio'

const NAMESPACES = fs.readdirSync('messages/en').map((file) => path.parse(file).name)

let seeded: Seeded
let emptyTeam: string
let state: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  const context = await browser.newContext()
  const page = await context.newPage()
  emptyTeam = await makeTeam(page)
  await context.clearCookies()
  seeded = await seedTeam(page)
  state = await context.storageState()
  await context.close()
})

/** In Korean on a desk, in English on one at 200 % zoom. */
const DESKS = [
  { locale: 'ko', desk: {} },
  { locale: 'en', desk: { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 } },
] as const

for (const { locale, desk } of DESKS)
  for (const [who, screens, isIn] of [
    ['members', () => memberScreens(seeded, emptyTeam), true],
    ['visitors', () => visitorScreens(seeded), false],
  ] as const)
    test(`no screen of ${who} has an accessibility finding, in either theme, a sentence missing or a control out of reach (${locale})`, async ({
      browser,
    }) => {
      test.setTimeout(600_000) // every screen, one after the other
      const context = await browser.newContext({
        ...desk,
        storageState: isIn ? state : undefined,
        reducedMotion: 'reduce',
      })
      await prefer(context, { locale, theme: 'dark' })
      const page = await context.newPage()
      const found: string[] = []
      for (const screen of screens()) {
        await show(page, screen)
        const now = [
          ...(await findings(page)),
          ...(await landmarks(page)),
          ...(await missing(page)),
          ...(await page.evaluate(whatIsOutside)),
          ...(await findingsInLight(page)),
        ]
        found.push(...now.map((finding) => `${screen.name}: ${finding}`))
      }
      await context.close()
      expect(found).toEqual([])
    })

/** The light theme changes colours alone, so it is looked at without loading the page once more. */
async function findingsInLight(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.evaluate(() => (document.documentElement.dataset.theme = 'light'))
  const found = await findings(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'dark' })
  return found.map((finding) => `light: ${finding}`)
}

/** What stands in the place of a sentence that is not there or cannot be formed: its key. */
async function missing(page: Page): Promise<string[]> {
  const said = await page.locator('body').innerText()
  return said.match(new RegExp(`\\b(?:${NAMESPACES.join('|')})(?:\\.[a-z]\\w+)+(?<!\\.csv)\\b`, 'g')) ?? []
}

/** One title and one main part to a page; what lies under an open dialog is hidden with its own. */
async function landmarks(page: Page): Promise<string[]> {
  if ((await page.getByRole('dialog').count()) > 0 || (await page.getByRole('menu').count()) > 0) return []
  const titles = await page.getByRole('heading', { level: 1 }).count()
  const mains = await page.getByRole('main').count()
  return titles === 1 && mains === 1 ? [] : [`${titles} titles and ${mains} main parts`]
}

test('on a screen of 320 px nothing scrolls sideways and every control can be reached', async ({
  browser,
}) => {
  test.setTimeout(600_000)
  const options = { viewport: { width: 320, height: 640 }, hasTouch: true, reducedMotion: 'reduce' } as const
  const context = await browser.newContext({ ...options, storageState: state })
  await prefer(context, { locale: 'en', theme: 'dark' })
  const page = await context.newPage()
  const outside: string[] = []
  const screens: Screen[] = [...memberScreens(seeded, emptyTeam), ...visitorScreens(seeded)]
  for (const screen of screens.filter(({ path }) => !path.startsWith('/sign-in'))) {
    await show(page, screen)
    outside.push(...(await page.evaluate(whatIsOutside)).map((one) => `${screen.name}: ${one}`))
  }
  await context.close()
  expect(outside).toEqual([])
})

/** What makes the page wider than the window, and the controls that lie beside it with no way to scroll there. */
function whatIsOutside(): string[] {
  const width = window.innerWidth
  const isScrolled = (element: Element): boolean => {
    for (let above = element.parentElement; above; above = above.parentElement)
      if (/auto|scroll/.test(getComputedStyle(above).overflowX) && above.scrollWidth > above.clientWidth)
        return true
    return false
  }
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, [role=option]')]
  const hidden = controls.filter((control) => {
    const { left, right, width: own } = control.getBoundingClientRect()
    return (
      control.checkVisibility() && own > 1 && (left < -0.5 || right > width + 0.5) && !isScrolled(control)
    )
  })
  const page = document.documentElement.scrollWidth
  return [
    ...(page > width ? [`the page is ${page} px wide`] : []),
    ...hidden.map(
      (control) =>
        `${control.outerHTML.slice(0, 120)} at ${Math.round(control.getBoundingClientRect().right)}`,
    ),
  ]
}
