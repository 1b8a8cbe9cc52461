/**
 * Runs work and tells the longest time in ms that it kept the event loop to itself. Counted in the process's CPU time,
 * so that other programs on a busy machine are not taken for it. It is the least of several tries, stopping at the first
 * that stays within `limitMs`: collecting garbage may lengthen any of them, work that blocks lengthens all.
 */
export async function longestTurnOf(limitMs: number, work: () => Promise<unknown>): Promise<number> {
  let least = Infinity
  for (let tries = 0; tries < 5 && least > limitMs; tries += 1) least = Math.min(least, await measure(work))
  return least
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  let longestUs = 0
  let before = process.cpuUsage()
  let isOver = false
  const look = () => {
    const { user, system } = process.cpuUsage(before)
    longestUs = Math.max(longestUs, user + system)
    before = process.cpuUsage()
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  await new Promise((resolve) => setImmediate(resolve))
  longestUs = 0
  await work().catch(() => undefined)
  await new Promise((resolve) => setImmediate(resolve))
  isOver = true
  return longestUs / 1_000
}
