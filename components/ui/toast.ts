/** A message that has no place of its own on the page. `action` is usually "Undo". */
export type Toast = {
  title: string
  text?: string
  action?: { label: string; onAct: () => void }
  isUrgent?: boolean
}

let listener: (() => void) | undefined
const waiting: Toast[] = []

/** Shows a toast; those that come before they can be drawn wait. */
export function showToast(toast: Toast): void {
  waiting.push(toast)
  listener?.()
}

/** Tells the one place that draws toasts (components/ui/toaster) that some are waiting. */
export function onToast(next: () => void): () => void {
  listener = next
  if (waiting.length > 0) next()
  return () => {
    if (listener === next) listener = undefined
  }
}

/** The toasts that nobody has drawn yet, oldest first. */
export const takeToasts = (): Toast[] => waiting.splice(0)
