// @ts-check
// What failed, read from the JSON reports of the test runners: `npm test` repeats it at its end, where CI logs are read.
import path from 'node:path'

const LINES_OF_AN_ERROR = 6

/**
 * @typedef {{ fullName: string, status: string, failureMessages?: string[] }} Assertion
 * @typedef {{ name: string, status: string, message?: string, assertionResults: Assertion[] }} TestFile
 * @param {{ testResults: TestFile[] }} report of Vitest's `json` reporter
 * @returns {string[]} one text a failed test: file, name, the beginning of the error
 */
export function failuresOfVitest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => describe(name, test.fullName, test.failureMessages?.[0]))
    const isBroken = status === 'failed' && failed.length === 0
    return isBroken ? [describe(name, 'the file itself', message)] : failed
  })
}

/**
 * @typedef {{ status: string, error?: { message?: string } }} Result
 * @typedef {{ title: string, file: string, ok: boolean, tests: { status: string, results: Result[] }[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 * @param {{ suites?: Suite[], errors?: { message?: string }[] }} report of Playwright's `json` reporter
 * @returns {string[]} one text a failed or flaky test, and one an error outside of tests
 */
export function failuresOfPlaywright({ suites = [], errors = [] }) {
  const specs = allSpecs({ suites })
  const failed = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => describe(file, title, results.find(({ error }) => error)?.error?.message)),
  )
  return [...failed, ...errors.map(({ message }) => describe('Playwright', 'outside of tests', message))]
}

/**
 * @param {Suite} suite
 * @returns {Spec[]}
 */
const allSpecs = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(allSpecs)]

/**
 * @param {string} file
 * @param {string} title
 * @param {string} [message]
 */
function describe(file, title, message = '') {
  // terminal colours say nothing in a log
  const plain = message.replace(/\u001B\[\d+m/g, '').trim()
  const lines = plain.split('\n').slice(0, LINES_OF_AN_ERROR)
  return [`${path.relative(process.cwd(), path.resolve(file))} › ${title}`, ...lines].join('\n    ')
}
