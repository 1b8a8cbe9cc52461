import fs from 'node:fs'
import { expect, test } from 'vitest'
import { EDGES, isOpen, STATUSES, type Edge, type Status } from '@/lib/generations/status'

const edges = Object.entries(EDGES).map(([name, { from, to }]) => ({ name, from: [...from] as Status[], to })) // as declared
const into = (to: Status) => [...new Set(edges.filter((edge) => edge.to === to).flatMap(({ from }) => from))]
const outOf = (from: Status) => edges.filter((edge) => edge.from.includes(from)).map(({ name }) => name)

test('nothing leaves a final state, but for images that turn up after a person had settled without them', () => {
  expect(['succeeded', 'canceled'].flatMap((status) => outOf(status as Status))).toEqual([]) // both are states
  expect(outOf('failed')).toEqual(['revive'] satisfies Edge[])
})

test('nothing returns to the queue from a state in which upstream may have taken the call', () => {
  expect(into('queued')).toEqual(['sending'])
})

test('only what waits in the queue is claimed or canceled', () => {
  expect([into('sending'), into('canceled')]).toEqual([['queued'], ['queued']])
})

test('an unknown end becomes succeeded or failed only', () => {
  expect(edges.filter(({ from }) => from.includes('unknown')).map(({ to }) => to)).toEqual([
    ...['succeeded', 'failed', 'succeeded', 'failed'],
  ])
})

test('a generation is open while the program will still act', () => {
  expect(STATUSES.filter(isOpen)).toEqual(['queued', 'sending', 'pending'])
})

test('transition.ts is the one file that writes the status of a generation', () => {
  const files = ['lib', 'app', 'components', 'scripts']
    .flatMap((folder) =>
      fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file))
  const writes =
    /"Generation"(?:\s+\w+)?\s+SET\s(?:(?!\bWHERE\b)[^`])*\bstatus\s*=|\bdata: \{[^}]*\bstatus\b[^}]*\}|\bset status\b/i
  const generationWriters = files.filter((file) => {
    const text = fs.readFileSync(file, 'utf8')
    return /\bgeneration\.|"Generation"/.test(text) && writes.test(text)
  })
  expect(generationWriters).toEqual(['lib/generations/transition.ts'])
})
