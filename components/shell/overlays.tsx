'use client'
import { useLayoutEffect, useState } from 'react'
import { onOpenOverlay, type Overlay } from '@/components/shell/open-overlay'
import type { Where } from '@/components/shell/palette-commands'
import { hasSingleKeys } from '@/components/shell/preferences'
import { onDemand } from '@/components/ui/on-demand'
import { shortcutOf } from '@/lib/text/shortcut'

const Palette = onDemand(() => import('@/components/shell/palette').then((module) => module.Palette))
const Shortcuts = onDemand(() => import('@/components/shell/shortcuts').then((module) => module.Shortcuts))

/** Whether the key press belongs to a text that somebody writes. */
export function isWriting(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** Whether a menu or a dialog has the keyboard; a toast, which says its role is dialog too, has not. */
export const hasOpenLayer = () =>
  document.querySelector('[role=dialog]:not([data-toast]), [role=menu]') !== null

/** Command palette and shortcut sheet, with the keys that open them. Their code comes with the first use. */
export function Overlays(where: Where) {
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  // before a shortcut that was pressed early is pressed again (early-acts.ts)
  useLayoutEffect(() => {
    const stopListening = onOpenOverlay(setOverlay)
    const onKey = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event)
      if (shortcut === 'Mod+K') {
        event.preventDefault()
        setOverlay('palette')
      }
      if (shortcut === '?' && !isWriting(event) && hasSingleKeys()) setOverlay('shortcuts')
    }
    window.addEventListener('keydown', onKey)
    return () => {
      stopListening()
      window.removeEventListener('keydown', onKey)
    }
  }, [])
  const close = () => setOverlay(null)
  if (overlay === 'palette') return <Palette {...where} onClose={close} />
  return overlay === 'shortcuts' ? <Shortcuts onClose={close} /> : null
}
