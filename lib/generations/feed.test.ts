import { describe, expect, test } from 'vitest'
import { queuedIn, withGeneration, withUnknown, type FeedPages } from '@/lib/generations/feed'
import type { Generation } from '@/lib/generations/schema'
import type { Status } from '@/lib/generations/status'

const at = (minute: number, status: Status = 'succeeded', id = `g${minute}`): Generation => ({
  id,
  status,
  groupId: id,
  prompt: '감나무',
  ratio: '1:1',
  sample: 1,
  source: { kind: 'style', styleId: 101 },
  createdAt: new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString(),
  maker: { id: 'm', name: 'M' },
  images: [],
  private: false,
  dismissed: false,
})

const feed = (pages: Generation[][], nextCursor: string | null = null): FeedPages => ({
  pages: pages.map((items, index) => ({ items, nextCursor: index < pages.length - 1 ? 'next' : nextCursor })),
  pageParams: pages.map(() => null),
})
const shown = ({ pages }: FeedPages) =>
  pages.map(({ items }) => items.map(({ id, status }) => `${id} ${status}`))
const belongs = { belongs: true }

describe('withGeneration', () => {
  const loaded = feed(
    [
      [at(50), at(40, 'queued')],
      [at(30), at(20)],
    ],
    'more',
  )

  test('changes what is there in its place, and leaves everything else the same object', () => {
    const next = withGeneration(loaded, at(40, 'succeeded'), belongs)
    expect(shown(next)).toEqual([
      ['g50 succeeded', 'g40 succeeded'],
      ['g30 succeeded', 'g20 succeeded'],
    ])
    expect(next.pages[0]?.items[0]).toBe(loaded.pages[0]?.items[0])
  })

  test.each([
    ['the newest at the head', 60, 'g60 g50 g40 | g30 g20'],
    ['one between two pages', 35, 'g50 g40 | g35 g30 g20'],
    ['one within a page', 25, 'g50 g40 | g30 g25 g20'],
    ['one older than what was loaded not at all', 10, 'g50 g40 | g30 g20'],
  ])('puts %s', (_, minute, ids) => {
    const next = withGeneration(loaded, at(minute), belongs)
    expect(next.pages.map(({ items }) => items.map(({ id }) => id).join(' ')).join(' | ')).toBe(ids)
  })

  test('puts the oldest at the end once everything is loaded, also into an empty feed', () => {
    expect(shown(withGeneration(feed([[at(50)]]), at(10), belongs))).toEqual([
      ['g50 succeeded', 'g10 succeeded'],
    ])
    expect(shown(withGeneration(feed([[]]), at(10), belongs))).toEqual([['g10 succeeded']])
  })

  test('leaves a list alone that the generation does not belong to', () => {
    expect(withGeneration(loaded, at(60), { belongs: false })).toBe(loaded)
  })

  test('never takes an end back when a slower answer comes after it', () => {
    const ended = feed([[at(50, 'failed')]])
    expect(shown(withGeneration(ended, at(50, 'sending'), belongs))).toEqual([['g50 failed']])
    expect(shown(withGeneration(ended, at(50, 'succeeded'), belongs))).toEqual([['g50 succeeded']])
  })
})

test('knows who waits in the queue', () => {
  expect(queuedIn(feed([[at(50), at(40, 'queued')], [at(30, 'queued')]]))).toEqual(['g40', 'g30'])
  expect(queuedIn(undefined)).toEqual([])
})

test('ends that nobody knows come in by age, and go once they are settled', () => {
  const known = [at(5, 'unknown'), at(2, 'unknown')]
  expect(withUnknown(known, at(3, 'unknown')).map(({ id }) => id)).toEqual(['g5', 'g3', 'g2'])
  expect(withUnknown(known, at(5, 'failed')).map(({ id }) => id)).toEqual(['g2'])
})

test('what was dismissed leaves the lists', () => {
  const data = withGeneration(
    feed([[at(3), at(2, 'failed')]]),
    { ...at(2, 'failed'), dismissed: true },
    { belongs: true },
  )
  expect(data.pages[0]?.items.map(({ id }) => id)).toEqual(['g3'])
})
