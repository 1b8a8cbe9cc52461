import { useEffectEvent, useLayoutEffect } from 'react'
import type { ImageActions } from '@/components/images/use-image-actions'
import type { Zoom } from '@/components/images/use-zoom'
import { isWriting } from '@/components/shell/overlays'
import { hasSingleKeys } from '@/components/shell/preferences'
import { shortcutOf } from '@/lib/text/shortcut'

type Keys = {
  goNewer: () => void
  goOlder: () => void
  toggleInfo: () => void
  zoom: Zoom
  actions: ImageActions
}

/** The keys people bring with them, heard from the first frame on. Letters alone can be switched off; a dialog or menu on top keeps its own keys. */
export function useLightboxKeys({ goNewer, goOlder, toggleInfo, zoom, actions }: Keys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isWriting(event)) return
    if (document.querySelector('[role=menu]') || actions.hasDialog) return
    const plain: Record<string, (() => void) | undefined> = {
      ArrowLeft: goNewer,
      ArrowRight: goOlder,
      Delete: actions.trash,
      '+': zoom.more,
      '=': zoom.more,
      '-': zoom.less,
      '0': zoom.reset,
    }
    const single: Record<string, (() => void) | undefined> = {
      F: actions.mark,
      I: toggleInfo,
      'Shift+D': actions.download,
    }
    const shortcut = shortcutOf(event) ?? ''
    const act = plain[shortcut] ?? (hasSingleKeys() ? single[shortcut] : undefined)
    if (!act) return
    event.preventDefault()
    act()
  })
  useLayoutEffect(() => {
    const early = { capture: true } // the dialog below keeps arrow keys from bubbling this far
    window.addEventListener('keydown', onKey, early)
    return () => window.removeEventListener('keydown', onKey, early)
  }, [])
}
