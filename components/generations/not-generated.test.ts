import { expect, test } from 'vitest'
import { partsOf } from '@/components/generations/not-generated'
import type { Generation } from '@/lib/generations/schema'
import type { Status } from '@/lib/generations/status'

const of = (...statuses: Status[]) =>
  statuses.map((status, index): Generation => ({
    id: `${index}`,
    status,
    groupId: '',
    prompt: '',
    ratio: '1:1',
    sample: 1,
    source: { kind: 'style', styleId: 1 },
    createdAt: '',
    maker: { id: '', name: '' },
    images: [],
    private: false,
    dismissed: false,
  }))
const shapeOf = (...statuses: Status[]) =>
  partsOf(of(...statuses), () => false).map((part) =>
    part.kind === 'one' ? part.generation.status : part.generations.length,
  )

test('two or more in a row that came to nothing fold', () => {
  expect(shapeOf('succeeded', 'failed', 'canceled', 'failed', 'succeeded')).toEqual([
    'succeeded',
    3,
    'succeeded',
  ])
})

test('the newest of all stays open: somebody has just asked for it', () => {
  expect(shapeOf('failed', 'failed', 'failed')).toEqual(['failed', 2])
})

test('one alone stays as it is, and so do those that are under way or unknown', () => {
  expect(shapeOf('succeeded', 'failed', 'unknown', 'queued', 'canceled', 'succeeded')).toEqual([
    'succeeded',
    'failed',
    'unknown',
    'queued',
    'canceled',
    'succeeded',
  ])
})

test('what came to its end under the eyes of who reads it stays open', () => {
  const parts = partsOf(of('succeeded', 'failed', 'failed', 'failed'), ({ id }) => id === '1')
  expect(parts.map(({ kind }) => kind)).toEqual(['one', 'one', 'folded'])
})
