import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { BROWSER_FLAGS, findBrowser } from '@/scripts/browser.mjs'
import { round } from '@/scripts/bench/drop-in'
import type { Stage } from '@/scripts/bench/stage'

type Team = { items: { slug: string }[] }
type Page = { performance: number; accessibility: number; cls: number; lcpMs: number; scriptKb: number }

/** Lighthouse on a phone: performance, accessibility, layout shift, and the script that the first load brings. */
export async function measurePages({ studio, cookie }: Stage): Promise<Record<string, Page>> {
  const teams = await fetch(`${studio.url}/api/v1/teams`, { headers: { cookie } })
  const { items }: Team = await teams.json()
  const slug = items[0]?.slug
  const addresses = { 'sign-in': '/sign-in', create: `/t/${slug}/create`, gallery: `/t/${slug}/gallery` }
  const chrome = await launch({
    chromePath: findBrowser() ?? undefined,
    chromeFlags: ['--headless=new', ...BROWSER_FLAGS],
  })
  const pages: Record<string, Page> = {}
  try {
    for (const [name, address] of Object.entries(addresses)) {
      const extraHeaders: Record<string, string> = name === 'sign-in' ? {} : { Cookie: cookie }
      const result = await lighthouse(`${studio.url}${address}`, {
        port: chrome.port,
        extraHeaders,
        onlyCategories: ['performance', 'accessibility'],
        logLevel: 'silent',
      })
      if (result) pages[name] = toPage(result.lhr)
    }
  } finally {
    chrome.kill()
  }
  return pages
}

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']

function toPage({ categories, audits }: Report): Page {
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100)
  const value = (name: string) => audits[name]?.numericValue ?? 0
  const details = audits['resource-summary']?.details
  const items = details && 'items' in details && Array.isArray(details.items) ? details.items : []
  const script = items.find(
    (item) =>
      typeof item === 'object' && item !== null && 'resourceType' in item && item.resourceType === 'script',
  )
  const transferred = script && 'transferSize' in script ? Number(script.transferSize) : 0
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    cls: round(value('cumulative-layout-shift')),
    lcpMs: Math.round(value('largest-contentful-paint')),
    scriptKb: Math.round(transferred / 1024),
  }
}
