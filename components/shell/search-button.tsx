'use client'
import { Search } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl/react'
import { openPalette } from '@/components/shell/open-overlay'
import { Kbd } from '@/components/ui/kbd'

const never = () => () => undefined

/** ⌘ on Apple's keyboards, Ctrl elsewhere; the server cannot know, so it says Ctrl. */
export function useModKey(): string {
  return useSyncExternalStore(
    never,
    () => (/Mac|iP/.test(navigator.platform) ? '⌘' : 'Ctrl '),
    () => 'Ctrl ',
  )
}

export function SearchButton() {
  const t = useTranslations('shell')
  const mod = useModKey()
  return (
    <button
      type="button"
      onClick={openPalette}
      className="flex h-8 items-center gap-2 rounded-m pr-1.5 pl-2.5 text-13 text-text-3 edge hover:bg-hover phone:size-11 phone:justify-center phone:p-0 phone:shadow-none"
    >
      <Search aria-hidden className="size-4 phone:size-5" />
      <span className="sr-only wide:not-sr-only">{t('palette.open')}</span>
      <span className="phone:hidden wide:ml-4">
        <Kbd>{mod}K</Kbd>
      </span>
    </button>
  )
}
