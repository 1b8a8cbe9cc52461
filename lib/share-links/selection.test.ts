import { expect, test } from 'vitest'
import { targetIdOf } from '@/lib/share-links/selection'

const [one, two, three] = [1, 2, 3].map((serial) => `019abcde-0000-7000-8000-00000000000${serial}`)
const named = (...ids: (string | undefined)[]) =>
  targetIdOf({ kind: 'selection', ids: ids.flatMap((id) => id ?? []) })

test('a selection has one name whatever the order, and another for other images', () => {
  expect(named(one, two, three)).toBe(named(three, one, two, one))
  const names = [named(one, two), named(one, three), named(two, three), named(one, two, three), named(three)]
  expect(new Set(names).size).toBe(names.length)
})

test('everything else is named by its own id', () => {
  expect(targetIdOf({ kind: 'group', id: 'lineage' })).toBe('lineage')
})
