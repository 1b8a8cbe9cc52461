import { afterEach, expect, test, vi } from 'vitest'
import { holdConsole } from '@/scripts/hold-console.mjs'

const others = globalThis.console
afterEach(() => vi.restoreAllMocks())

test('what is said before there is a log is said when there is one, once and in order', () => {
  const early = vi.spyOn(others, 'log').mockImplementation(() => {})
  const written: string[] = []
  const held = holdConsole()
  others.log('first')
  others.error('second')
  expect(early).not.toHaveBeenCalled()
  held.release(() => {
    for (const method of ['log', 'error'] as const)
      vi.spyOn(others, method).mockImplementation((said) => void written.push(said))
  })
  others.log('third')
  held.release()
  expect(written).toEqual(['first', 'second', 'third'])
})

test('without a log it is said as it was', () => {
  const own = vi.spyOn(others, 'warn').mockImplementation(() => {})
  const held = holdConsole()
  others.warn('%s', 'early')
  held.release()
  expect(own.mock.calls).toEqual([['%s', 'early']])
})
