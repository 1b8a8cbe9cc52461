import { describe, expect, it } from 'vitest'
import { isOpen, mayFollow, statesBefore, STATUSES } from '@/lib/generations/status'

describe('generation status', () => {
  it('never leaves a final state', () => {
    for (const from of ['succeeded', 'failed', 'canceled'] as const) {
      expect(STATUSES.filter((to) => mayFollow(from, to))).toEqual([])
    }
  })

  it('never returns to the queue from a state in which upstream may have taken the call', () => {
    expect(statesBefore('queued')).toEqual(['sending'])
    expect(mayFollow('unknown', 'queued')).toBe(false)
    expect(mayFollow('unknown', 'sending')).toBe(false)
    expect(mayFollow('pending', 'queued')).toBe(false)
  })

  it('claims only what waits in the queue', () => {
    expect(statesBefore('sending')).toEqual(['queued'])
  })

  it('settles an unknown end as succeeded or failed only', () => {
    expect(STATUSES.filter((to) => mayFollow('unknown', to))).toEqual(['succeeded', 'failed'])
  })

  it('is open while the program will still act', () => {
    expect(STATUSES.filter(isOpen)).toEqual(['queued', 'sending', 'pending'])
  })
})
