import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type Page,
  type TestInfo,
} from '@playwright/test'
import { watchRequests } from './quiet-network'

/**
 * Playwright's `test`: one that makes the browser report anything against the Content-Security-Policy has
 * failed, in whatever context or tab it was reported. Its contexts end with it, so that nothing goes on beside the next.
 */
export const test = base.extend<{ obeyedPolicy: void; closedContexts: void }, { watched: Reports }>({
  page: async ({ page }, runTest, testInfo) => {
    await runTest(page)
    await addToFailure(testInfo, [page.context()])
  },
  watched: [
    async ({ browser }, use) => {
      const reports: Reports = []
      watchContextsOf(browser, reports)
      await use(reports)
    },
    { scope: 'worker', auto: true },
  ],
  closedContexts: [
    async ({ browser }, use) => {
      await use()
      await Promise.all(browser.contexts().map((context) => context.close()))
    },
    { auto: true },
  ],
  obeyedPolicy: [
    async ({ watched, browser, closedContexts: _ }, use, testInfo) => {
      watched.length = 0
      await use()
      expect(watched, 'reports against the Content-Security-Policy').toEqual([])
      await addToFailure(testInfo, browser.contexts())
    },
    { auto: true },
  ],
})

/** Adds where the pages of a test that failed stand, and what they say: where only the output is kept, nobody sees their screenshots. */
async function addToFailure({ status, expectedStatus }: TestInfo, contexts: BrowserContext[]): Promise<void> {
  if (status === expectedStatus) return
  const pages = contexts.flatMap((context) => context.pages())
  if (pages.length > 0) throw new Error((await Promise.all(pages.map(contentsOf))).join('\n'))
}

async function contentsOf(page: Page): Promise<string> {
  const text = await page.evaluate(() => document.body.innerText).catch(String)
  const waiting = await page.evaluate(imagesOnTheirWay).catch(String)
  return `${page.url()} said: ${text.replace(/\s*\n\s*/g, ' | ').slice(0, 1_000)}${waiting && `\nwaits for ${waiting}`}`
}

const imagesOnTheirWay = () =>
  [...document.images]
    .filter((image) => !image.complete)
    .map(({ currentSrc, src }) => currentSrc || src)
    .join(' ')

const SLOWDOWN = Number(process.env.E2E_SLOWDOWN ?? 1)

type Reports = string[]

/** The `context` and `page` of a test come from `newContext` as well. */
function watchContextsOf(browser: Browser, reports: Reports): void {
  const newContext = browser.newContext.bind(browser)
  browser.newContext = async (options) => {
    const context = await newContext(options)
    slowDown(context)
    watchRequests(context)
    if (browser.browserType().name() === 'firefox') await context.addInitScript(insertAsTyped)
    await watch(context, reports)
    return context
  }
}

/** `E2E_SLOWDOWN=3` runs every page's script three times slower; test-environment-server keeps the processors busy beside. */
function slowDown(context: BrowserContext): void {
  if (SLOWDOWN <= 1) return
  context.on('page', async (page) => {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
  })
}

/**
 * In Firefox, Playwright's `fill` sets the value of the field and says so, which React does not take for typing: it goes by
 * what it wrote there last. Inserted by the browser, the text is heard like any other.
 */
function insertAsTyped(): void {
  Object.defineProperty(window, '__pw_bidiInsertText', {
    get: () => (text: string) => void document.execCommand('insertText', false, text),
    set() {}, // of Playwright
  })
}

/** The browser's own report reaches the console, for pages without script too; the event says where it was. */
async function watch(context: BrowserContext, reports: Reports): Promise<void> {
  context.on('console', (message) => {
    if (/content.security.policy/i.test(message.text())) reports.push(message.text())
  })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event
      const where = `${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`
      console.error(`Content-Security-Policy ${effectiveDirective}: ${where} on ${location.href}`)
    })
  })
}
