'use client'
import type { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { BUILD } from '@/lib/platform/build'

/** A page that nobody touches for so long, or that nobody sees for a moment, may be loaded again. */
const UNTOUCHED_MS = 2 * 60_000
const UNSEEN_MS = 5_000
const LOOK_MS = 5_000
/** For which build this tab was loaded again: while old and new servers answer in turn, it is once. */
const RELOADED = 'studio-reloaded-for'

let newer: string | null = null
const listeners = new Set<() => void>()

/** What the server says that it is, each time it is reached. */
export function noteBuild(build: string): void {
  newer = build === BUILD ? null : build
  for (const listen of listeners) listen()
}

/** Whether the server is of another version than this page. */
export function useHasNewVersion(): boolean {
  return useSyncExternalStore(
    (listen) => {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    () => newer !== null,
    () => false,
  )
}

/**
 * Loads the page again for a newer version once it disturbs nobody: nothing is being sent, no dialog is open, nothing is
 * typed that would be lost (a draft is kept), and the page is hidden or was left alone.
 */
export function reloadWhenIdle(client: QueryClient): () => void {
  const stopped = new AbortController()
  const until = { signal: stopped.signal, capture: true, passive: true }
  const typedIn = new Set<HTMLInputElement | HTMLTextAreaElement>()
  let touchedAt = Date.now()
  let hiddenAt = Infinity
  const touch = () => void (touchedAt = Date.now())
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(kind, touch, until)
  window.addEventListener(
    'input',
    ({ target }) => {
      const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
      if (isField && !target.closest('[data-draft]')) typedIn.add(target)
    },
    until,
  )
  const watchHidden = () => void (hiddenAt = document.hidden ? Date.now() : Infinity)
  document.addEventListener('visibilitychange', watchHidden, until)
  const hasTyped = () => [...typedIn].some((field) => field.isConnected && field.value !== '')
  const isBusy = () =>
    client.isMutating() > 0 ||
    hasTyped() ||
    document.querySelector('[role=dialog], [role=alertdialog]') !== null
  const isLeftAlone = () => Date.now() - touchedAt >= UNTOUCHED_MS || Date.now() - hiddenAt >= UNSEEN_MS
  const look = window.setInterval(() => {
    if (newer === null || sessionStorage.getItem(RELOADED) === newer) return
    if (!navigator.onLine || !isLeftAlone() || isBusy()) return
    sessionStorage.setItem(RELOADED, newer)
    location.reload()
  }, LOOK_MS)
  return () => {
    clearInterval(look)
    stopped.abort()
  }
}
