'use client'
import { createContext, use, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import type { DraftStorage } from '@/lib/drafts/storage'
import { composerStore, type ComposerState, type ComposerStore } from '@/lib/drafts/store'
import type { PromptTools } from '@/lib/prompts/schema'

type Composing = {
  store: ComposerStore
  /** The slug of the page's team. */
  team: string
  person: { id: string; canGenerate: boolean }
  /** Unless the draft says otherwise. */
  isPrivateByDefault: boolean
  tools: PromptTools
}

const Context = createContext<Composing | null>(null)

type ProviderProps = Omit<Composing, 'store'> & { teamId: string; children: ReactNode }

/** What the composer and the feed share: who composes, in which team, and the draft. */
export function ComposerProvider({ teamId, children, ...given }: ProviderProps) {
  const { person } = given
  const [store] = useState(() => composerStore({ userId: person.id, teamId }))
  useEffect(() => {
    store.load({ tab: storageOf('sessionStorage'), browser: storageOf('localStorage') })
  }, [store])
  return <Context value={{ store, ...given }}>{children}</Context>
}

/** A browser may refuse even to name its storage: it is asked at each use, where a refusal is expected. */
const storageOf = (name: 'sessionStorage' | 'localStorage'): DraftStorage => ({
  getItem: (key) => window[name].getItem(key),
  setItem: (key, text) => window[name].setItem(key, text),
  removeItem: (key) => window[name].removeItem(key),
})

export function useComposer(): Composing {
  const composing = use(Context)
  if (!composing) throw new Error('useComposer stands outside of ComposerProvider')
  return composing
}

/** One part of the composer's state; the selector must return something that stays the same until it changes. */
export function useComposed<T>(select: (state: ComposerState) => T): T {
  const { store } = useComposer()
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.get()),
    () => select(store.getInitial()),
  )
}

export const useDraft = () => useComposed((state) => state.draft)
