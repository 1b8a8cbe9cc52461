import path from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { BROWSER_FLAGS, findBrowser } from '@/scripts/browser.mjs'
import { round } from '@/scripts/bench/drop-in'
import { cookiesFor, teamPath } from '@/scripts/bench/sign-in'
import { ROOT } from '@/scripts/setup.mjs'
import type { Stage } from '@/scripts/bench/stage'

const WARM_UPS = 3
const TIMES = 20

/** Moments of one prompt in one tab, in milliseconds since the epoch. */
type Seen = { submit?: number; tile?: number; image?: number }
type Watched = { seen?: Record<string, Seen> }

/**
 * In a real browser with two tabs open: from the click to the waiting tile in both, and from the last byte of
 * upstream's answer to the loaded image in both. Medians of twenty.
 */
export async function measureLive({ studio, cookie, upstream }: Stage) {
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: [...BROWSER_FLAGS, '--disable-renderer-backgrounding'],
  })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(cookiesFor(studio.url, cookie))
    await addStyle(studio.url, cookie)
    const address = `${studio.url}${await teamPath(studio.url, cookie)}/create`
    const tab = await openTab(context, address)
    const otherTab = await openTab(context, address)
    await tab.bringToFront()
    const times = { submitToTile: [], submitToOtherTab: [], answerToImage: [], answerToOtherTab: [] }
    const all: Record<keyof typeof times, number[]> = times
    for (let i = 0; i < WARM_UPS + TIMES; i += 1) {
      const prompt = `held small ${i} ${Date.now()}`
      await tab.locator('textarea').first().fill(prompt)
      await tab.getByRole('button', { name: /^Generate/ }).click()
      const [here, there] = await Promise.all([tab, otherTab].map((page) => imageIn(page, prompt)))
      const answered = Number(await (await fetch(`${upstream.url}/answered`)).text())
      if (i < WARM_UPS || !here?.submit) continue
      all.submitToTile.push((here.tile ?? NaN) - here.submit)
      all.submitToOtherTab.push((there?.tile ?? NaN) - here.submit)
      all.answerToImage.push((here.image ?? NaN) - answered)
      all.answerToOtherTab.push((there?.image ?? NaN) - answered)
    }
    return Object.fromEntries(Object.entries(all).map(([name, values]) => [`${name}Ms`, median(values)]))
  } finally {
    await browser.close()
  }
}

/** The form offers the team's styles; a new account with Flamel has none. */
async function addStyle(url: string, cookie: string) {
  const headers = { cookie, origin: url, 'content-type': 'application/json' }
  const body = JSON.stringify({ styleId: 352, nameEn: 'Bench' })
  await fetch(`${url}/api/v1/styles`, { method: 'POST', headers, body })
}

const median = (values: number[]) => round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN)

async function openTab(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript({ path: path.join(ROOT, 'scripts/bench/watch.mjs') })
  await page.goto(address)
  await page.getByRole('button', { name: /^Change style/ }).waitFor()
  return page
}

/** Waits until the prompt's image has loaded in that tab, and says when what was there. */
async function imageIn(page: Page, prompt: string): Promise<Seen> {
  const momentsOf = (asked: string) => {
    const { seen } = globalThis as Watched // set by the script that runs in the page
    const moments = seen?.[asked]
    return moments?.image ? moments : undefined
  }
  const seen = await page.waitForFunction(momentsOf, prompt, { polling: 20 })
  return (await seen.jsonValue()) ?? {}
}
