/** Next calls this once per process before the first request. The server waits for what boot hands over. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('@/lib/boot')
  Reflect.set(globalThis, Symbol.for('flamel-studio.boot'), boot())
}

/** Next calls this with what a page or a route did not catch, before it answers with a 500. */
export function onRequestError(error: unknown): void {
  const note: unknown = Reflect.get(globalThis, Symbol.for('flamel-studio.request-error'))
  if (typeof note === 'function') note(error)
}
