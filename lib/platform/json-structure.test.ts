import { expect, test } from 'vitest'
import { structureOf } from '@/lib/platform/json-structure'

test.each([
  ['7', { parts: 1, depth: 0 }],
  ['{"a":1,"b":[1,2]}', { parts: 5, depth: 2 }],
  [String.raw`{"a":"[[,\",{\\"}`, { parts: 2, depth: 1 }],
  ['['.repeat(9), { parts: 10, depth: 9 }],
])('the structure of %s is counted outside its strings', (text, structure) => {
  expect(structureOf(text)).toEqual(structure)
})
