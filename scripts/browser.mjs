// @ts-check
import fs from 'node:fs'
import { ROOT } from './setup.mjs'
import { Refusal, run } from './steps.mjs'

/** Debian's headless shell: the engine without a browser's windows, with which a run is a quarter shorter. It reads files of `chromium`. */
const SHELL = '/usr/bin/chromium-headless-shell'
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
  const found = SYSTEM.find((file) => fs.existsSync(file)) ?? null
  return found === SYSTEM[0] && fs.existsSync(SHELL) ? SHELL : found
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
  const isFontHere = isHere && (await hasHangulFont())
  if (!isFontHere && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    await run('apt-get', ['update'], APT)
    for (const name of ['fonts-noto-cjk', ...(isHere ? [] : BROWSERS)]) {
      console.log(`  installing ${name} …`)
      await run('apt-get', ['install', '-y', '--no-install-recommends', name], APT)
    }
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

/** Of Debian's; where there is no package of the shell, the browser itself is used. */
const BROWSERS = ['chromium', 'chromium-headless-shell']
const APT = { cwd: ROOT, env: { DEBIAN_FRONTEND: 'noninteractive' } }

/** Without one, Hangul is a box of another width until the web font has come, and what stands beside it moves. */
async function hasHangulFont() {
  const found = await run('fc-list', [':lang=ko'], { cwd: ROOT }).catch(() => null)
  return found === null || found.output.trim() !== '' // no fontconfig: the system brings its own fonts
}

async function hasDownloaded() {
  const { chromium } = await import('@playwright/test')
  return fs.existsSync(chromium.executablePath())
}
