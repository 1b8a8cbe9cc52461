/** A message that has no place of its own on the page. `action` is usually "Undo". */
export type Toast = {
  title: string
  text?: string
  action?: { label: string; onAct: () => void }
  isUrgent?: boolean
}

type Listener = (toast: Toast) => void
let listener: Listener | undefined
const waiting: Toast[] = []

/** Shows a toast; those that come before the page is ready wait. */
export function showToast(toast: Toast): void {
  if (listener) listener(toast)
  else waiting.push(toast)
}

/** The one place that draws toasts (components/ui/toaster). */
export function onToast(next: Listener): () => void {
  listener = next
  for (const toast of waiting.splice(0)) next(toast)
  return () => {
    listener = undefined
  }
}
