import { expect, test } from 'vitest'
import { failuresOfPlaywright, failuresOfVitest } from './test-reports.mjs'

test('a failed test is named by file, name and the beginning of its error, without colours', () => {
  const report = {
    testResults: [
      {
        name: `${process.cwd()}/lib/a.test.ts`,
        status: 'failed',
        assertionResults: [
          { fullName: 'holds', status: 'passed' },
          {
            fullName: 'breaks',
            status: 'failed',
            failureMessages: ['\u001B[31mexpected 1\u001B[39m\nat line'],
          },
        ],
      },
      {
        name: `${process.cwd()}/lib/b.test.ts`,
        status: 'failed',
        message: 'no such import',
        assertionResults: [],
      },
    ],
  }
  expect(failuresOfVitest(report)).toEqual([
    'lib/a.test.ts › breaks\n    expected 1\n    at line',
    'lib/b.test.ts › the file itself\n    no such import',
  ])
})

test('a failed or flaky browser test is named, however deep it stands', () => {
  const spec = (title: string, status: string) => ({
    title,
    file: 'e2e/a.spec.ts',
    ok: status === 'expected',
    tests: [
      { status, results: [{ status: 'passed' }, { status: 'failed', error: { message: 'timed out' } }] },
    ],
  })
  const inner = { specs: [spec('sometimes', 'flaky'), spec('always', 'expected')] }
  const report = {
    suites: [{ suites: [inner], specs: [spec('never', 'unexpected')] }],
    errors: [{ message: 'set-up' }],
  }
  expect(failuresOfPlaywright(report)).toEqual([
    'e2e/a.spec.ts › never\n    timed out',
    'e2e/a.spec.ts › sometimes\n    timed out',
    'Playwright › outside of tests\n    set-up',
  ])
})
