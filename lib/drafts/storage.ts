import { parseDraft, type Draft } from '@/lib/drafts/draft'
import { parseHistory, remember, type History } from '@/lib/drafts/history'

/** What `sessionStorage` and `localStorage` are here: they may be full, forbidden or cleared at any time. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** `tab` lives as long as the tab (also over a crash and a sign-in); `browser` is shared by all tabs. */
export type DraftStorages = { tab: DraftStorage; browser: DraftStorage }

export type Owner = { userId: string; teamId: string }

const keyOf = (name: string, { userId, teamId }: Owner) => `studio.${name}.${userId}.${teamId}`

/**
 * The draft of this tab; a tab that has none of its own (a new one, or one that a crash took its memory from) begins
 * with the person's latest in this team.
 */
export function loadDraft({ tab, browser }: DraftStorages, owner: Owner): Draft | null {
  const key = keyOf('draft', owner)
  return parseDraft(read(tab, key)) ?? parseDraft(read(browser, key))
}

export function saveDraft({ tab, browser }: DraftStorages, owner: Owner, draft: Draft): void {
  const text = JSON.stringify(draft)
  write(tab, keyOf('draft', owner), text)
  write(browser, keyOf('draft', owner), text)
}

export function loadHistory({ browser }: DraftStorages, owner: Owner): History {
  return parseHistory(read(browser, keyOf('prompts', owner)))
}

/** Adds a prompt that was sent; other tabs' prompts of the meantime stay. */
export function keepPrompt(storages: DraftStorages, owner: Owner, prompt: string): History {
  const history = remember(loadHistory(storages, owner), prompt)
  write(storages.browser, keyOf('prompts', owner), JSON.stringify(history))
  return history
}

/** A submit that has no answer yet: the same request is repeated under the same key, whatever happens to the page. */
export type Unanswered = { idempotencyKey: string; body: string }

export function loadUnanswered({ tab }: DraftStorages, owner: Owner): Unanswered | null {
  const [idempotencyKey, body] = read(tab, keyOf('unanswered', owner))?.split('\n', 2) ?? []
  return idempotencyKey && body ? { idempotencyKey, body } : null
}

export function keepUnanswered({ tab }: DraftStorages, owner: Owner, unanswered: Unanswered | null): void {
  const key = keyOf('unanswered', owner)
  if (unanswered) write(tab, key, `${unanswered.idempotencyKey}\n${unanswered.body}`)
  else forget(tab, key)
}

/** The key under which a request is sent: the one it was sent under when no answer came, a new one otherwise. */
export function keyFor(body: string, unanswered: Unanswered | null, mint: () => string): string {
  return unanswered?.body === body ? unanswered.idempotencyKey : mint()
}

function read(storage: DraftStorage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    return null
  }
}

function write(storage: DraftStorage, key: string, text: string): void {
  try {
    storage.setItem(key, text)
  } catch {
    return // full or forbidden: the draft lives on in the page
  }
}

function forget(storage: DraftStorage, key: string): void {
  try {
    storage.removeItem(key)
  } catch {
    return // forbidden: there is nothing to forget
  }
}
