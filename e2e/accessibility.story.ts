import { readFileSync } from 'node:fs'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { OWNER } from './support/owner'
import { prefer, seedStudio, type Seeded } from './support/seeded-studio'

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
type Finding = { id: string; impact: string | null; nodes: { html: string; target: string[] }[] }

let seeded: Seeded
let state: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  const context = await browser.newContext()
  seeded = await seedStudio(await context.newPage())
  state = await context.storageState()
  await context.close()
})

const membersScreens = ({ team, image }: Seeded) =>
  ['create', 'gallery', 'trash', 'styles', 'links', `images/${image}`]
    .concat(['profile', 'team', 'members', 'keys', 'system'].map((part) => `settings/${part}`))
    .map((path) => `${team}/${path}`)
const visitorsScreens = ({ share, locked, gone, invitation }: Seeded) => [
  '/sign-in',
  share,
  locked,
  gone,
  invitation,
]

for (const theme of ['dark', 'light'])
  for (const locale of ['ko', 'en'])
    test(`no screen has a serious accessibility finding (${theme}, ${locale})`, async ({ browser }) => {
      test.setTimeout(180_000)
      const findings: string[] = []
      for (const [screens, storageState] of [
        [membersScreens(seeded), state],
        [visitorsScreens(seeded), undefined],
      ] as const) {
        const context = await browser.newContext({ storageState, reducedMotion: 'reduce' })
        await prefer(context, { locale, theme })
        const page = await context.newPage()
        for (const path of screens) {
          await page.goto(path)
          await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached()
          findings.push(...(await seriousFindings(page)))
        }
        await context.close()
      }
      expect(findings).toEqual([])
    })

test('nothing scrolls sideways on a screen of 320 px', async ({ browser }) => {
  test.setTimeout(120_000)
  const context = await browser.newContext({
    storageState: state,
    viewport: { width: 320, height: 640 },
    hasTouch: true,
  })
  const page = await context.newPage()
  const wide: string[] = []
  for (const path of [...membersScreens(seeded), seeded.share, seeded.locked, seeded.gone]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > 320) wide.push(`${path}: ${width}`)
  }
  expect(wide).toEqual([])
  await context.close()
})

test('the first picture is made without touching the mouse', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').focus()
  await page.keyboard.type(OWNER.email)
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await page.keyboard.type(OWNER.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/create/)
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  await tabTo(page, prompt)
  await page.keyboard.type('a heron in the reeds')
  await tabTo(page, page.getByRole('button', { name: /^Generate/ }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: /Open picture 1: a heron in the reeds/ }).first()).toBeVisible({
    timeout: 30_000,
  })
})

async function tabTo(page: Page, target: ReturnType<Page['getByRole']>) {
  for (let step = 0; step < 40; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const violations: Finding[] = await page.evaluate('axe.run().then((result) => result.violations)')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(
          ({ html, target }) =>
            `${new URL(page.url()).pathname} ${id}: ${target.join(' ')} ${html.slice(0, 160)}`,
        ),
    )
}
