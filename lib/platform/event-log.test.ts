import { expect, test } from 'vitest'
import { heardSince, positionNow, remember } from '@/lib/platform/event-log'

const event = (id: string) => ({ team: 'onda', kind: 'image' as const, id })

test('tells what was heard after a place, and nothing when nothing was', () => {
  const before = positionNow()
  expect(heardSince(before)).toEqual([])
  const after = remember(event('a'))
  remember(event('b'))
  expect(heardSince(before)).toEqual([event('a'), event('b')])
  expect(heardSince(after)).toEqual([event('b')])
})

test('cannot tell for another process, for a place of the future, for nonsense, and for too long ago', () => {
  const [run, count] = positionNow().split('.')
  const old = positionNow()
  expect(heardSince(`other.${count}`)).toBeNull()
  expect(heardSince(`${run}.${Number(count) + 1}`)).toBeNull()
  expect(heardSince(`${run}.`)).toBeNull()
  expect(heardSince(`${run}.-1`)).toBeNull()
  expect(heardSince('')).toBeNull()
  for (let index = 0; index <= 5_000; index += 1) remember(event(String(index)))
  expect(heardSince(old)).toBeNull()
})
