import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT } from '@/lib/drafts/draft'
import {
  keepPrompt,
  keepUnanswered,
  keyFor,
  loadDraft,
  loadHistory,
  loadUnanswered,
  saveDraft,
  type Shelf,
} from '@/lib/drafts/storage'

const owner = { userId: 'person', teamId: 'team' }
const draftOf = (prompt: string) => ({ ...EMPTY_DRAFT, prompt })

function shelf(): Shelf {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

const forbidden: Shelf = {
  getItem: () => {
    throw new Error('SecurityError')
  },
  setItem: () => {
    throw new Error('QuotaExceededError')
  },
  removeItem: () => {
    throw new Error('SecurityError')
  },
}

describe('a draft', () => {
  it('belongs to a person, a team and a tab', () => {
    const browser = shelf()
    const [first, second] = [
      { tab: shelf(), browser },
      { tab: shelf(), browser },
    ]
    saveDraft(first, owner, draftOf('first'))
    saveDraft(second, owner, draftOf('second'))
    expect(loadDraft(first, owner)?.prompt).toBe('first')
    expect(loadDraft(second, owner)?.prompt).toBe('second')
    expect(loadDraft(first, { ...owner, teamId: 'other' })).toBeNull()
    expect(loadDraft(first, { ...owner, userId: 'other' })).toBeNull()
  })

  it('is found again by a tab that lost its memory', () => {
    const browser = shelf()
    saveDraft({ tab: shelf(), browser }, owner, draftOf('typed before the crash'))
    expect(loadDraft({ tab: shelf(), browser }, owner)?.prompt).toBe('typed before the crash')
  })

  it('does without storage where the browser forbids it', () => {
    const shelves = { tab: forbidden, browser: forbidden }
    expect(() => saveDraft(shelves, owner, EMPTY_DRAFT)).not.toThrow()
    expect(loadDraft(shelves, owner)).toBeNull()
    expect(keepPrompt(shelves, owner, 'sent')).toEqual(['sent'])
  })
})

describe('the prompts that were sent', () => {
  it('are shared by the tabs of one person', () => {
    const browser = shelf()
    keepPrompt({ tab: shelf(), browser }, owner, 'one')
    keepPrompt({ tab: shelf(), browser }, owner, 'two')
    expect(loadHistory({ tab: shelf(), browser }, owner)).toEqual(['two', 'one'])
  })
})

describe('a submit without an answer', () => {
  it('keeps its key for the same request, over a reload', () => {
    const shelves = { tab: shelf(), browser: shelf() }
    keepUnanswered(shelves, owner, { idempotencyKey: 'k1', body: '{"prompt":"a\\nb"}' })
    expect(keyFor('{"prompt":"a\\nb"}', loadUnanswered(shelves, owner), () => 'k2')).toBe('k1')
  })

  it('does not lend its key to another request, nor after the answer', () => {
    const shelves = { tab: shelf(), browser: shelf() }
    keepUnanswered(shelves, owner, { idempotencyKey: 'k1', body: '{}' })
    expect(keyFor('{"other":1}', loadUnanswered(shelves, owner), () => 'k2')).toBe('k2')
    keepUnanswered(shelves, owner, null)
    expect(keyFor('{}', loadUnanswered(shelves, owner), () => 'k2')).toBe('k2')
  })
})
