// @ts-check
// `npm test`: everything, or only the stages that are named. Ends with the line `N passed, N failed`.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { readRunRecord } from './data-directory.mjs'
import { buildWhenStale, prepareCheckout, ROOT } from './setup.mjs'
import { abandonSteps, Refusal, step } from './steps.mjs'
import { provideBrowser } from './browser.mjs'
import { requireOtherBrowsers } from './other-browsers.mjs'
import { failuresOfPlaywright, failuresOfVitest } from './test-reports.mjs'

/** @typedef {'build' | 'browser' | 'other browsers'} Need */
/** @typedef {{ passed: number, failed: number, failures?: string[] }} Tally `failures`: what failed, a line or two each */

const RESULTS = path.join(ROOT, 'test-results')
const bin = (/** @type {string} */ file) => path.join(ROOT, 'node_modules', file)
const tool = {
  prettier: bin('prettier/bin/prettier.cjs'),
  oxlint: bin('oxlint/bin/oxlint'),
  knip: bin('knip/bin/knip.js'),
  next: bin('next/dist/bin/next'),
  vitest: bin('vitest/vitest.mjs'),
  playwright: bin('@playwright/test/cli.js'),
}

/**
 * The tool at work: Ctrl-C reaches it by itself, an end by signal only through this script.
 * @type {import('node:child_process').ChildProcess | undefined}
 */
let running
process.once('SIGTERM', () => {
  abandonSteps()
  running?.kill('SIGINT')
  process.exit(143)
})

/** @type {Record<string, { title: string, needs: Need[], isInAll: boolean, run: (args: string[]) => Promise<Tally> }>} */
const STAGES = {
  format: {
    title: 'Format',
    needs: [],
    isInAll: true,
    run: () =>
      check([
        tool.prettier,
        '--check',
        '--cache',
        '--cache-location',
        'node_modules/.cache/prettier',
        '--log-level',
        'warn',
        '.',
      ]),
  },
  lint: {
    title: 'Lint, types and what is unused',
    needs: [],
    isInAll: true,
    run: lint,
  },
  unit: {
    title: 'Unit and integration tests',
    needs: [],
    isInAll: true,
    run: (args) => vitest('unit', ['--project', 'unit', '--project', 'integration', ...args]),
  },
  build: {
    title: 'Production build',
    needs: ['build'],
    isInAll: true,
    run: async () => ({ passed: 1, failed: 0 }),
  },
  faults: {
    title: 'Faults',
    needs: ['build', 'browser'],
    isInAll: true,
    run: (args) => vitest('faults', ['--project', 'faults', ...args]),
  },
  browser: {
    title: 'Browser tests',
    needs: ['build', 'browser'],
    isInAll: true,
    run: (args) => playwright('browser', args),
  },
  scale: {
    title: 'At a real object store, on several machines, on other releases of PostgreSQL',
    needs: ['build'],
    isInAll: false,
    run: (args) => vitest('scale', ['--project', 'scale', ...args]),
  },
  browsers: {
    title: 'In Firefox and WebKit',
    needs: ['other browsers', 'build'],
    isInAll: false,
    run: inOtherBrowsers,
  },
  shots: {
    title: 'Screenshots',
    needs: ['build', 'browser'],
    isInAll: false,
    run: (args) => playwright('shots', args),
  },
  bench: {
    title: 'Measurements',
    needs: ['build', 'browser'],
    isInAll: false,
    run: (args) => check(['--conditions=react-server', '--import', 'tsx', 'scripts/bench.ts', ...args]),
  },
}

const [named, ...rest] = process.argv.slice(2)
main(named ? [named] : Object.keys(STAGES).filter((name) => STAGES[name]?.isInAll), rest).catch((error) => {
  console.error(error instanceof Refusal ? error.message : error)
  process.exit(1)
})

/**
 * @param {string[]} names
 * @param {string[]} args for the tool of the stage, such as a file name
 */
async function main(names, args) {
  const startedAt = performance.now()
  fs.mkdirSync(RESULTS, { recursive: true })
  await prepareCheckout()
  const total = { passed: 0, failed: 0 }
  const failures = []
  for (const name of names) {
    const stage = STAGES[name]
    if (!stage) throw new Refusal(`There is no stage ${name}; there are ${Object.keys(STAGES).join(', ')}.`)
    const tally = await runStage(stage, args)
    total.passed += tally.passed
    total.failed += tally.failed
    const known = tally.failures ?? []
    failures.push(...(tally.failed > 0 && known.length === 0 ? [stage.title] : known))
  }
  for (const failure of failures) console.log(`\n✗ ${failure}`)
  console.log(`\n${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed > 0 ? 1 : 0)
}

/**
 * @param {typeof STAGES[string]} stage
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function runStage({ title, needs, run }, args) {
  const startedAt = performance.now()
  console.log(`\n── ${title}`)
  const tally = await prepare(needs)
    .then(() => run(args))
    .catch((error) => {
      if (error instanceof Refusal) return { passed: 0, failed: 1, failures: [error.message] }
      console.error(error)
      return { passed: 0, failed: 1 }
    })
  console.log(
    `── ${title}: ${tally.passed} passed, ${tally.failed} failed (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`,
  )
  return tally
}

/** @param {Need[]} needs */
async function prepare(needs) {
  if (needs.includes('other browsers')) requireOtherBrowsers()
  if (needs.includes('build')) {
    const isServed = readRunRecord(path.resolve(ROOT, process.env.STUDIO_DATA_DIR || 'data')) !== null
    await step((say) => buildWhenStale(say, { isServed }))
  }
  if (needs.includes('browser')) await step(provideBrowser)
}

/** @returns {Promise<Tally>} */
async function lint() {
  const generated = await check([tool.next, 'typegen'])
  if (generated.failed) return generated
  const linted = await check([tool.oxlint, '--type-check'])
  const unused = await check([tool.knip, '--no-progress'])
  return { passed: linted.passed + unused.passed, failed: linted.failed + unused.failed }
}

/**
 * The named stories in Firefox, or those of both browsers.
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function inOtherBrowsers(args) {
  const firefox = await playwright('firefox', args)
  if (args.length > 0) return firefox
  const webkit = await vitest('webkit', ['--project', 'webkit'])
  return {
    passed: firefox.passed + webkit.passed,
    failed: firefox.failed + webkit.failed,
    failures: [...(firefox.failures ?? []), ...(webkit.failures ?? [])],
  }
}

/**
 * One program that either passes or not.
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function check(args) {
  return (await node(args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function vitest(name, args) {
  const file = path.join(RESULTS, `${name}.json`)
  fs.rmSync(file, { force: true })
  const code = await node([
    tool.vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ])
  const report = readReport(file)
  return atLeastOneFailure(code, {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    failures: report ? failuresOfVitest(report) : [`${name}: no report was written`],
  })
}

/**
 * @param {string} project
 * @param {string[]} args
 * @returns {Promise<Tally>}
 */
async function playwright(project, args) {
  const file = path.join(RESULTS, `${project}.json`)
  fs.rmSync(file, { force: true })
  const output = path.join(RESULTS, project)
  const code = await node(
    [tool.playwright, 'test', '--project', project, '--output', output, '--reporter=list,json', ...args],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    },
  )
  const report = readReport(file)
  const { expected = 0, unexpected = 0, flaky = 0 } = report?.stats ?? {}
  return atLeastOneFailure(code, {
    passed: expected,
    failed: unexpected + flaky,
    failures: report ? failuresOfPlaywright(report) : [`${project}: no report was written`],
  })
}

/** @param {string} file */
const readReport = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null)

/**
 * A tool that fails without a failing test (a broken set-up, an empty run) has failed all the same.
 * @param {number} code
 * @param {Tally} tally
 * @returns {Tally}
 */
const atLeastOneFailure = (code, tally) =>
  code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally

/**
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function node(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true', ...env },
    stdio: 'inherit',
  })
  running = child
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}
