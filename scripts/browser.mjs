// @ts-check
import fs from 'node:fs'
import { ROOT } from './setup.mjs'
import { Refusal, run } from './steps.mjs'

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser for the tests that is already here: CHROMIUM_PATH, the system's, else null. */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named) return fs.existsSync(named) ? named : null
  return SYSTEM.find((file) => fs.existsSync(file)) ?? null
}

/** Flags for a browser that is alone with the product: no sandbox for root, no calls home. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Makes sure that there is a browser: one that is here, or Debian's, or Playwright's own download.
 * @param {(words: string) => void} say
 */
export async function provideBrowser(say) {
  if (process.env.CHROMIUM_PATH && !findBrowser())
    throw new Refusal(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which does not exist.`)
  const isHere = findBrowser() !== null || (await hasDownloaded())
  const missing = isHere && (await hasHangulFont()) ? [] : ['fonts-noto-cjk']
  if (missing.length > 0 && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    const options = { cwd: ROOT, env: { DEBIAN_FRONTEND: 'noninteractive' } }
    await run('apt-get', ['update'], options)
    if (!isHere) missing.unshift('chromium')
    console.log(`  installing ${missing.join(' and ')} …`)
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], options)
  }
  if (isHere) return
  if (!findBrowser())
    await run(process.execPath, [`${ROOT}/node_modules/@playwright/test/cli.js`, 'install', 'chromium'], {
      cwd: ROOT,
    })
  if (!findBrowser() && !(await hasDownloaded()))
    throw new Refusal('The browser tests need Chromium: install it, or name one with CHROMIUM_PATH.')
  say('browser installed')
}

/** Without one, Hangul is a box of another width until the web font has come, and what stands beside it moves. */
async function hasHangulFont() {
  const found = await run('fc-list', [':lang=ko'], { cwd: ROOT }).catch(() => null)
  return found === null || found.output.trim() !== '' // no fontconfig: the system brings its own fonts
}

async function hasDownloaded() {
  const { chromium } = await import('@playwright/test')
  return fs.existsSync(chromium.executablePath())
}
