/**
 * Runs work and tells the longest time in ms that it kept the event loop to itself. Counted in the process's CPU time,
 * so that other programs on a busy machine are not taken for it.
 */
export async function longestTurnOf(work: () => Promise<unknown>): Promise<number> {
  let longestUs = 0
  let before = process.cpuUsage()
  let isOver = false
  const measure = () => {
    const { user, system } = process.cpuUsage(before)
    longestUs = Math.max(longestUs, user + system)
    before = process.cpuUsage()
    if (!isOver) setImmediate(measure)
  }
  setImmediate(measure)
  await new Promise((resolve) => setImmediate(resolve))
  longestUs = 0
  await work().catch(() => undefined)
  await new Promise((resolve) => setImmediate(resolve))
  isOver = true
  return longestUs / 1_000
}
