/** Works on what comes, a few at a time; the first failure ends it. */
export async function inParallel<T>(
  items: AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]()
  let hasFailed = false
  const worker = async () => {
    while (!hasFailed) {
      const next = await iterator.next()
      if (next.done) return
      await work(next.value)
    }
  }
  const guarded = () =>
    worker().catch((error: unknown) => {
      hasFailed = true
      throw error
    })
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, guarded))
  await iterator.return?.()
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}
