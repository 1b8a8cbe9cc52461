/** A message that has no place of its own on the page. `action` is usually "Undo". */
export type Toast = {
  title: string
  text?: string
  /** The address of a small image beside the words. */
  image?: string
  action?: { label: string; onAct: () => void }
  isUrgent?: boolean
  /** What it is about: a newer one about the same takes its place. */
  about?: string
}

let listener: (() => void) | undefined
const waiting: Toast[] = []
const closers = new WeakMap<Toast, () => void>()
const latest = new Map<string, () => void>()

/** Shows a toast; those that come before they can be drawn wait. The result takes it away, once it is true no more. */
export function showToast(toast: Toast): () => void {
  const dismiss = () => {
    const place = waiting.indexOf(toast)
    if (place >= 0) waiting.splice(place, 1)
    closers.get(toast)?.()
  }
  if (toast.about) {
    latest.get(toast.about)?.()
    latest.set(toast.about, dismiss)
  }
  waiting.push(toast)
  listener?.()
  return dismiss
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

/** Tells how a toast that is drawn is taken away. */
export const onDismiss = (toast: Toast, close: () => void) => void closers.set(toast, close)
