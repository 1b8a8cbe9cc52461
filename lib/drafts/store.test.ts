import { beforeEach, describe, expect, test } from 'vitest'
import { EMPTY_DRAFT } from '@/lib/drafts/draft'
import type { DraftStorage } from '@/lib/drafts/storage'
import { composerStore, type ComposerStore } from '@/lib/drafts/store'

function memoryStorage(): DraftStorage {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

let storages = { tab: memoryStorage(), browser: memoryStorage() }
let store: ComposerStore
let minted = 0
const mint = () => `key-${(minted += 1)}`
const at = (ms: number) => ({ at: ms, iso: '2026-11-22T12:00:00Z' })
const open = () => {
  const opened = composerStore({ userId: 'u', teamId: 't' })
  opened.load(storages)
  return opened
}

beforeEach(() => {
  storages = { tab: memoryStorage(), browser: memoryStorage() }
  minted = 0
  store = open()
})

describe('the draft', () => {
  test('is there again after a reload, as it was typed', () => {
    store.edit({ prompt: '바다' })
    expect(open().get().draft.prompt).toBe('바다')
  })

  test.each([
    ['a basket of strawberries', 'a', false],
    ['a basket of strawberries', 'grey whale', false],
    ['a basket of strawberries', 'a tower of cards', false],
    ['a basket of strawberries', 'strawb', true],
    ['고양이 한 마리', '고양이가 두 마리', true],
    ['고양이 한 마리', 'ㄱ', false],
  ])('that was “%s” and is “%s” keeps what led to it: %s', (prompt, typed, isKept) => {
    store.replace('dice', { ...EMPTY_DRAFT, prompt, lineage: { randomPrompt: prompt } })
    store.edit({ prompt: typed })
    expect(store.get().draft.lineage).toEqual(isKept ? { randomPrompt: prompt } : {})
  })

  test('has no past once it was rewritten letter by letter', () => {
    const [before, after] = ['a basket of strawberries', 'grey whale']
    store.replace('dice', { ...EMPTY_DRAFT, prompt: before, lineage: { randomPrompt: before } })
    for (let kept = before.length; kept >= 0; kept -= 1) store.edit({ prompt: before.slice(0, kept) })
    for (let typed = 1; typed <= after.length; typed += 1) store.edit({ prompt: after.slice(0, typed) })
    expect(store.get().draft).toMatchObject({ prompt: after, lineage: {} })
  })

  test('forgets the prompts that led to it when it is emptied', () => {
    store.replace('dice', { ...EMPTY_DRAFT, prompt: 'a', lineage: { randomPrompt: 'a' } })
    store.edit({ prompt: '' })
    expect(store.get().draft.lineage).toEqual({})
  })
})

describe('what is put in place of a draft', () => {
  test('is shown first and changes nothing until it is accepted; undo brings back what was there', () => {
    store.edit({ prompt: 'mine' })
    store.propose({ origin: 'enhance', after: { ...store.get().draft, prompt: 'mine, better' } })
    expect(store.get().draft.prompt).toBe('mine')
    store.accept()
    expect(store.get().draft.prompt).toBe('mine, better')
    store.undo()
    expect(store.get().draft.prompt).toBe('mine')
    expect(store.get().undo).toBeNull()
  })

  test('leaves no undo behind once somebody types on', () => {
    store.replace('dice', { ...EMPTY_DRAFT, prompt: 'dice' })
    store.edit({ prompt: 'dice!' })
    expect(store.get().undo).toBeNull()
  })

  test('is undone without taking back what was changed beside it', () => {
    store.edit({ prompt: 'mine' })
    store.replace('dice', { ...store.get().draft, prompt: 'dice' })
    store.edit({ sample: 1 })
    store.undo()
    expect(store.get().draft).toMatchObject({ prompt: 'mine', sample: 1 })
  })

  test('leaves alone what was changed while it was only shown', () => {
    store.edit({ prompt: 'mine' })
    store.propose({ origin: 'enhance', after: { ...store.get().draft, prompt: 'mine, better' } })
    store.edit({ sample: 1, ratio: '16:9' })
    store.accept()
    expect(store.get().draft).toMatchObject({ prompt: 'mine, better', sample: 1, ratio: '16:9' })
  })
})

describe('a submit', () => {
  test('is one for a double press, and a second one later', () => {
    expect(store.begin('{}', { ...at(0), mint })?.idempotencyKey).toBe('key-1')
    expect(store.begin('{}', { ...at(200), mint })).toBeNull()
    store.end('key-1', { isAnswered: true })
    expect(store.begin('{}', { ...at(300), mint })).toBeNull()
    expect(store.begin('{}', { ...at(5_000), mint })?.idempotencyKey).toBe('key-2')
  })

  test('is not begun again while the same request is on its way', () => {
    store.begin('{}', { ...at(0), mint })
    expect(store.begin('{}', { ...at(60_000), mint })).toBeNull()
  })

  test('repeats its key until an answer came, also after a reload', () => {
    store.begin('{}', { ...at(0), mint })
    store.end('key-1', { isAnswered: false })
    expect(open().begin('{}', { ...at(1_000), mint })?.idempotencyKey).toBe('key-1')
  })

  test('that got no answer keeps its prompt where another has taken its place, and can be sent again as it was', () => {
    store.edit({ prompt: 'sent' })
    const sent = store.begin('sent', { ...at(0), mint })
    store.edit({ prompt: 'typed meanwhile' })
    store.end('key-1', { isAnswered: false })
    store.fail({ status: 0, code: 'unanswered', outgoing: sent ?? undefined })
    store.edit({ prompt: 'typed on' })
    expect(store.get()).toMatchObject({
      history: ['sent'],
      failure: { outgoing: { idempotencyKey: 'key-1' } },
    })
    store.begin('typed on', { ...at(1_000), mint })
    expect(store.get().failure?.outgoing?.idempotencyKey).toBe('key-1')
    const again = store.begin('sent', { ...at(2_000), mint: () => 'key-1', draft: sent?.draft })
    expect(again).toMatchObject({ idempotencyKey: 'key-1', draft: { prompt: 'sent' } })
    expect(store.get()).toMatchObject({ draft: { prompt: 'typed on' }, failure: null })
  })

  test('that got no answer is not called sent while its prompt stands in the form', () => {
    store.edit({ prompt: 'sent' })
    store.begin('sent', { ...at(0), mint })
    store.end('key-1', { isAnswered: false })
    expect(store.get().history).toEqual([])
  })

  test('has not failed any more once the form is changed, unless no change of the form mends it', () => {
    store.fail({ status: 404, code: 'not_found' })
    store.edit({ sample: 1 })
    expect(store.get().failure).toBeNull()
    store.fail({ status: 401, code: 'unauthenticated' })
    store.edit({ sample: 2 })
    expect(store.get().failure?.status).toBe(401)
  })

  test('of a new beginning forgets the image that was varied before', () => {
    const from = { styleId: 1, prompt: 'a fox in the snow' }
    store.edit({ variation: { imageId: 7, from }, group: { groupId: 'g', prompt: from.prompt, imageId: 7 } })
    store.edit({ prompt: 'a lighthouse', style: { styleId: 2 } })
    store.begin('{}', { ...at(0), mint })
    store.edit({ prompt: 'a fox in the snow', style: { styleId: 1 } })
    expect(store.get().draft).toMatchObject({ variation: null, group: null })
  })

  test('keeps the draft and remembers the prompt once it was taken', () => {
    store.edit({ prompt: 'kept' })
    store.begin('{}', { ...at(0), mint })
    expect(store.get().outgoing).toHaveLength(1)
    store.end('key-1', { isAnswered: true })
    expect(store.get()).toMatchObject({ draft: { prompt: 'kept' }, history: ['kept'], outgoing: [] })
  })
})
