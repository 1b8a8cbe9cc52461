import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { areaOf, isWritten, parseLevels } from '@/lib/platform/log-levels'

const root = path.resolve(import.meta.dirname, '../..')

function levelsOf(text: string) {
  const levels = parseLevels(text)
  if (!levels) throw new Error(`${text} is no level`)
  return levels
}

test('one level is that of every area, a named area has its own', () => {
  const isSaid = (text: string) =>
    ['generation.outcome', 'http.request', 'boot.failed'].map((event) =>
      isWritten('debug', event, levelsOf(text)),
    )
  expect(isSaid('debug')).toEqual([true, true, true])
  expect(isSaid('info')).toEqual([false, false, false])
  expect(isSaid('info,pipeline=debug')).toEqual([true, false, false])
  expect(isSaid('debug, http=silent')).toEqual([true, false, true])
  expect(isWritten('error', 'http.request', levelsOf('silent'))).toBe(false)
})

test.each(['loud', '', 'info,pipeline', 'info,kitchen=debug', 'pipeline=debug', 'info,pipeline=loud'])(
  '%s is no level',
  (text) => expect(parseLevels(text)).toBeNull(),
)

test('every event that is written belongs to an area', () => {
  const files = fs
    .readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const events = files.flatMap((file) => {
    const text = fs.readFileSync(path.join(root, 'lib', file), 'utf8')
    return [...text.matchAll(/log\.(?:debug|info|warn|error)\((?:\w+ \? )?'([\w.-]+)'/g)].map(
      ([, event]) => event ?? '',
    )
  })
  expect(events.length).toBeGreaterThan(30)
  expect(events.filter((event) => areaOf(event) === undefined)).toEqual([])
})
