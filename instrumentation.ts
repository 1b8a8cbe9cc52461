/** Next calls this once per process before the first request. The server waits for what boot hands over. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('@/lib/boot')
  Reflect.set(globalThis, Symbol.for('flamel-studio.boot'), boot())
}
