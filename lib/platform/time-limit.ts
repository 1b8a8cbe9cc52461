/** What a promise resolves to, or null when that takes too long: it goes on, but nobody waits for it any more. */
export function withinTime<T>(limitMs: number, promise: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs).unref())
  return Promise.race([promise, late])
}
