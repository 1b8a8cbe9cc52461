import path from 'node:path'
import { defineConfig, type Project } from '@playwright/test'
import { BROWSER_FLAGS, findBrowser } from './scripts/browser.mjs'
import { findFirefox } from './scripts/other-browsers.mjs'

// the ports are chosen once, here and below those of outgoing connections, so that set-up, tests and workers agree on them
process.env.E2E_PORT ??= String(20_000 + 4 * (process.pid % 3_000))
process.env.E2E_FRESH_PORT ??= String(Number(process.env.E2E_PORT) + 1)
process.env.E2E_QUIET_PORT ??= String(Number(process.env.E2E_PORT) + 2)
process.env.E2E_MAIL_PORT ??= String(Number(process.env.E2E_PORT) + 3)
const executablePath = findBrowser() ?? undefined

/**
 * What people do every day, in Firefox. Whole files are left out that need fingers, composed syllables, a slow line, a virtual
 * authenticator or a scheme of colours (touch, typing, slow-network, two-step, accessibility): WebDriver BiDi or this Firefox
 * has none of them. Single stories carry the tag `@chromium` for the same reason, or because there Playwright does not know the
 * body of a request, script cannot be turned off, every click of a double click counts as the first, Firefox does not tell what a policy refused, or
 * a page that leaves by itself makes the navigation fail that the story asked for.
 */
const IN_FIREFOX = [
  ...['create', 'gallery', 'share', 'palette', 'sets', 'styles', 'prompts', 'private', 'sources'],
  ...['people', 'team', 'settings', 'keyboard', 'screen-reader', 'live', 'content-security-policy'],
].map((name) => `**/${name}.spec.ts`)

const FIREFOX: Project['use'] = {
  browserName: 'firefox',
  channel: 'moz-firefox',
  launchOptions: {
    executablePath: path.join(import.meta.dirname, 'e2e/support/firefox-esr.mjs'),
    env: { ...process.env, LANG: 'C.UTF-8', FIREFOX_PATH: findFirefox() ?? '' },
  },
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 3, // two leave a fifth of two processors idle
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000, // a test of many pages on a machine that is three times slower
  expect: { timeout: 10_000 },
  reporter: [['list']],
  globalSetup: './e2e/support/test-environment-server.ts',
  use: {
    baseURL: `http://localhost:${process.env.E2E_PORT}`,
    locale: 'en-US',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure', // a trace costs a fifth of the run: ask for it with --trace on
    // without a UTF-8 locale Chromium cannot name a file in Hangul
    launchOptions: { executablePath, args: BROWSER_FLAGS, env: { ...process.env, LANG: 'C.UTF-8' } },
  },
  projects: [
    { name: 'browser', testMatch: '**/*.spec.ts' },
    { name: 'shots', testMatch: 'shots.ts', timeout: 900_000 },
    { name: 'firefox', testMatch: IN_FIREFOX, grepInvert: /@chromium/, use: FIREFOX },
    { name: 'firefox-shots', testMatch: 'shots.ts', timeout: 900_000, use: FIREFOX },
  ],
})
