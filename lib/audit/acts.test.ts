import { expect, test } from 'vitest'
import { ACTS, AUDIT_KINDS, kindOf } from '@/lib/audit/acts'

test('every act can be found by its kind, and no kind is offered that has none', () => {
  expect([...new Set(Object.keys(ACTS).map(kindOf))].sort()).toEqual([...AUDIT_KINDS].sort())
})

test('no two acts are told by one sentence', () => {
  const sentences = Object.values(ACTS)
  expect(new Set(sentences).size).toBe(sentences.length)
})
