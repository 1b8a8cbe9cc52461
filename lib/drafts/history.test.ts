import { describe, expect, test } from 'vitest'
import { HISTORY_MAX, parseHistory, remember, step, type Walk } from '@/lib/drafts/history'

const history = ['newest', 'older', 'oldest']

function walkAlong(start: string, directions: ('up' | 'down')[]): string {
  let walk: Walk | null = null
  let shown = start
  for (const direction of directions) {
    const next = step(history, walk, { shown, older: direction === 'up' })
    if (next) ({ walk, prompt: shown } = next)
  }
  return shown
}

describe('step', () => {
  test('goes back through what was sent and stops at the oldest', () => {
    expect(walkAlong('typing', ['up'])).toBe('newest')
    expect(walkAlong('typing', ['up', 'up', 'up', 'up', 'up'])).toBe('oldest')
  })

  test('comes back to what was being typed', () => {
    expect(walkAlong('typing', ['up', 'up', 'down', 'down', 'down'])).toBe('typing')
  })

  test('skips the prompt that the box shows already', () => {
    expect(walkAlong('newest', ['up'])).toBe('older')
  })

  test('begins anew from a prompt that was changed on the way', () => {
    const walk = step(history, null, { shown: '', older: true })?.walk ?? null
    const next = step(history, walk, { shown: 'newest, changed', older: true })
    expect(next?.prompt).toBe('newest')
    expect(next && step(history, next.walk, { shown: 'newest', older: false })?.prompt).toBe(
      'newest, changed',
    )
  })
})

describe('remember', () => {
  test('keeps every prompt once, newest first, and not without end', () => {
    expect(remember(history, 'oldest')).toEqual(['oldest', 'newest', 'older'])
    const many = Array.from({ length: 90 }, (_, index) => `${index}`)
    expect(many.reduce<readonly string[]>(remember, [])).toHaveLength(HISTORY_MAX)
  })

  test('reads whatever the browser kept', () => {
    expect(parseHistory('["a",3,"b"]')).toEqual(['a', 'b'])
    expect([null, '{', '{}'].map(parseHistory)).toEqual([[], [], []])
  })
})
