import { useSyncExternalStore } from 'react'
import { rememberChoice } from '@/lib/account/client'
import { LOCALE_COOKIE, THEME_COOKIE, THEMES, type Locale, type Theme } from '@/lib/i18n/locales'
import { updateMe } from '@/lib/people/client'

const onTheme = new Set<() => void>()

/** The chosen theme, as the page shows it now. */
export const useTheme = (): Theme | undefined =>
  useSyncExternalStore(
    (listener) => {
      onTheme.add(listener)
      return () => void onTheme.delete(listener)
    },
    () => THEMES.find((theme) => theme === document.documentElement.dataset.theme),
    () => undefined, // the server says it in the page's head
  )

export function chooseTheme(theme: Theme): void {
  rememberChoice(THEME_COOKIE, theme)
  document.documentElement.dataset.theme = theme
  for (const listener of onTheme) listener()
  void updateMe({ theme }).catch(() => undefined) // the cookie holds it for this browser
}

/** Takes effect with the next render of the server: call `useRefresh()`’s function. */
export async function chooseLocale(locale: Locale): Promise<void> {
  rememberChoice(LOCALE_COOKIE, locale)
  await updateMe({ locale }).catch(() => undefined) // the same
}

const SINGLE_KEYS = 'studio-single-keys'

/** Whether letters alone are shortcuts; people who speak to their computer switch them off. */
export function hasSingleKeys(): boolean {
  return localStorage.getItem(SINGLE_KEYS) !== 'off'
}

export function setSingleKeys(isOn: boolean): void {
  localStorage.setItem(SINGLE_KEYS, isOn ? 'on' : 'off')
}
