import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { logConsole } from '@/lib/platform/console-lines'
import { log } from '@/lib/platform/log'
import { runInRequest } from '@/lib/platform/request-context'
import { shared } from '@/lib/platform/shared'

let written: string[]
const lines = (): Record<string, unknown>[] => written.map((line) => JSON.parse(line))

/** As a process that starts with this LOG_LEVEL. */
function begin(level: string) {
  shared<{ LOG_LEVEL: string }>('env', () => ({ LOG_LEVEL: level })).LOG_LEVEL = level
  Reflect.deleteProperty(globalThis, Symbol.for('flamel-studio.log.levels'))
}

beforeEach(() => {
  written = []
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0)
})
afterEach(() => vi.restoreAllMocks())

test('a line says when, how bad, where, what, and for which request', async () => {
  begin('info')
  await runInRequest({ id: 'a-request-of-the-test' }, async () => {
    await Promise.resolve()
    log.info('generation.outcome', { id: 'one' })
  })
  log.info('generation.outcome', { id: 'two' })
  expect(lines()).toEqual([
    expect.objectContaining({
      ...{ at: expect.stringMatching(/^\d{4}-.*Z$/), level: 'info', area: 'pipeline' },
      ...{ event: 'generation.outcome', request: 'a-request-of-the-test', id: 'one' },
    }),
    expect.not.objectContaining({ request: expect.anything() }),
  ])
})

test('an area has a level of its own', () => {
  begin('warn,pipeline=debug')
  log.debug('generation.outcome', { id: 'three' })
  log.info('mail.later')
  log.warn('mail.failed')
  expect(lines().map(({ event }) => event)).toEqual(['generation.outcome', 'mail.failed'])
})

describe('what others say on the console', () => {
  const others = globalThis.console
  const before = { ...others }
  afterEach(() => void Object.assign(others, before))

  test('is a line of the log, bounded, without colours, by its level', () => {
    begin('info')
    logConsole()
    others.error('\u001b[31m⨯\u001b[39m %s broke', 'a page', new Error('the cause'))
    others.log('x'.repeat(10_000))
    others.debug('not at this level')
    others.log('')
    expect(lines()).toEqual([
      expect.objectContaining({
        ...{ level: 'error', area: 'next', event: 'next.console' },
        said: expect.stringMatching(/^⨯ a page broke Error: the cause\n/),
      }),
      expect.objectContaining({ level: 'info', said: 'x'.repeat(4_000) }),
    ])
  })
})
