// @ts-check
// Lighthouse on a phone, without the TypeScript loader: what it evaluates in the page would not be found there.
// Reads `[{ url, headers }]` from its argument and prints one score for each, the median of three runs.
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { BROWSER_FLAGS, findBrowser } from '../browser.mjs'

/** @typedef {NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']} Report */

const chrome = await launch({
  chromePath: findBrowser() ?? undefined,
  chromeFlags: ['--headless=new', ...BROWSER_FLAGS],
})
try {
  const scores = []
  for (const { url, headers } of JSON.parse(process.argv[2] ?? '[]')) scores.push(await score(url, headers))
  console.log(JSON.stringify(scores))
} finally {
  chrome.kill()
}

/** @param {string} url @param {Record<string, string>} headers */
async function score(url, headers) {
  const runs = []
  for (let i = 0; i < 3; i += 1) {
    const result = await lighthouse(url, {
      port: chrome.port,
      extraHeaders: headers,
      onlyCategories: ['performance', 'accessibility'],
      // a line and a processor that are slow, not a calculation from a fast load: that charges the first paint for every
      // byte that a fast server had sent by then
      throttlingMethod: 'devtools',
      logLevel: 'silent',
    })
    if (result) runs.push(read(result.lhr))
  }
  return runs.sort((a, b) => a.performance - b.performance)[1]
}

/** @param {Report} report */
function read({ categories, audits }) {
  const percent = (/** @type {string} */ name) => Math.round((categories[name]?.score ?? 0) * 100)
  const value = (/** @type {string} */ name) => audits[name]?.numericValue ?? NaN
  const isFor = (/** @type {string} */ id) =>
    categories.accessibility?.auditRefs.some((audit) => audit.id === id)
  return {
    performance: percent('performance'),
    accessibility: percent('accessibility'),
    cls: Math.round(value('cumulative-layout-shift') * 1_000) / 1_000,
    lcpMs: Math.round(value('largest-contentful-paint')),
    blockedMs: Math.round(value('total-blocking-time')),
    faults: Object.values(audits)
      .filter((audit) => audit.score === 0 && isFor(audit.id))
      .map((audit) => audit.title)
      .join('; '),
  }
}
