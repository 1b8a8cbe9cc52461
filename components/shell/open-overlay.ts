/** The overlays of the shell, opened from anywhere; components/shell/overlays draws them. */
export type Overlay = 'palette' | 'shortcuts'

const EVENT = 'studio:open'

const open = (overlay: Overlay) => window.dispatchEvent(new CustomEvent<Overlay>(EVENT, { detail: overlay }))
export const openPalette = () => open('palette')
export const openShortcuts = () => open('shortcuts')

export function onOpenOverlay(listen: (overlay: Overlay) => void): () => void {
  const hear = (event: Event) => {
    if (event instanceof CustomEvent) listen(event.detail)
  }
  window.addEventListener(EVENT, hear)
  return () => window.removeEventListener(EVENT, hear)
}
