import { describe, expect, test } from 'vitest'
import { EMPTY_DRAFT } from '@/lib/drafts/draft'
import {
  keepPrompt,
  keepUnanswered,
  keyFor,
  loadDraft,
  loadHistory,
  loadUnanswered,
  saveDraft,
  type DraftStorage,
} from '@/lib/drafts/storage'

const owner = { userId: 'person', teamId: 'team' }
const draftOf = (prompt: string) => ({ ...EMPTY_DRAFT, prompt })

function memoryStorage(): DraftStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

const forbidden: DraftStorage = {
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
  test('belongs to a person, a team and a tab', () => {
    const browser = memoryStorage()
    const [first, second] = [
      { tab: memoryStorage(), browser },
      { tab: memoryStorage(), browser },
    ]
    saveDraft(first, owner, draftOf('first'))
    saveDraft(second, owner, draftOf('second'))
    expect(loadDraft(first, owner)?.prompt).toBe('first')
    expect(loadDraft(second, owner)?.prompt).toBe('second')
    expect(loadDraft(first, { ...owner, teamId: 'other' })).toBeNull()
    expect(loadDraft(first, { ...owner, userId: 'other' })).toBeNull()
  })

  test('is found again by a tab that lost its memory', () => {
    const browser = memoryStorage()
    saveDraft({ tab: memoryStorage(), browser }, owner, draftOf('typed before the crash'))
    expect(loadDraft({ tab: memoryStorage(), browser }, owner)?.prompt).toBe('typed before the crash')
  })

  test('does without storage where the browser forbids it', () => {
    const storages = { tab: forbidden, browser: forbidden }
    expect(() => saveDraft(storages, owner, EMPTY_DRAFT)).not.toThrow()
    expect(loadDraft(storages, owner)).toBeNull()
    expect(keepPrompt(storages, owner, 'sent')).toEqual(['sent'])
  })
})

describe('the prompts that were sent', () => {
  test('are shared by the tabs of one person', () => {
    const browser = memoryStorage()
    keepPrompt({ tab: memoryStorage(), browser }, owner, 'one')
    keepPrompt({ tab: memoryStorage(), browser }, owner, 'two')
    expect(loadHistory({ tab: memoryStorage(), browser }, owner)).toEqual(['two', 'one'])
  })
})

describe('a submit without an answer', () => {
  test('keeps its key for the same request, over a reload', () => {
    const storages = { tab: memoryStorage(), browser: memoryStorage() }
    keepUnanswered(storages, owner, { idempotencyKey: 'k1', body: '{"prompt":"a\\nb"}' })
    expect(keyFor('{"prompt":"a\\nb"}', loadUnanswered(storages, owner), () => 'k2')).toBe('k1')
  })

  test('does not lend its key to another request, nor after the answer', () => {
    const storages = { tab: memoryStorage(), browser: memoryStorage() }
    keepUnanswered(storages, owner, { idempotencyKey: 'k1', body: '{}' })
    expect(keyFor('{"other":1}', loadUnanswered(storages, owner), () => 'k2')).toBe('k2')
    keepUnanswered(storages, owner, null)
    expect(keyFor('{}', loadUnanswered(storages, owner), () => 'k2')).toBe('k2')
  })
})
