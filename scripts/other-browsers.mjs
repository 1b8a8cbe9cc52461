// @ts-check
// The browsers beyond Chromium that `npm run test:browsers` needs; none is downloaded, they are Debian's packages.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { Refusal } from './steps.mjs'

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox']
const WINDOW = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"

/** FIREFOX_PATH, or the system's, else null. */
export function findFirefox() {
  const named = process.env.FIREFOX_PATH
  return (named ? [named] : FIREFOX).find((file) => fs.existsSync(file)) ?? null
}

/** Refuses in one sentence that says what to install. */
export function requireOtherBrowsers() {
  const missing = [
    ...(findFirefox() ? [] : ['firefox-esr']),
    ...(runs('which', 'WebKitWebDriver') ? [] : ['webkit2gtk-driver']),
    ...(runs('which', 'Xvfb') ? [] : ['xvfb']),
    ...(runs('/usr/bin/python3', '-c', WINDOW) ? [] : ['python3-gi', 'gir1.2-webkit2-4.1']),
  ]
  if (missing.length > 0)
    throw new Refusal(
      `The tests in Firefox and WebKit need more packages: apt-get install ${missing.join(' ')}`,
    )
}

/** @param {string[]} command */
const runs = (...[program = '', ...args]) => spawnSync(program, args).status === 0
