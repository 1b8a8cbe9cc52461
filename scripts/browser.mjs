// @ts-check
import fs from 'node:fs'

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

/** The browser for the stories that is already here: CHROMIUM_PATH, the system's, else null. */
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
