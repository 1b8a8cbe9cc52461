// @ts-check
// Imported before a program starts (`--import`), with LOOP_WATCH_FILE set, it writes the longest block so far into that
// file; who removes the file begins anew.
import fs from 'node:fs'

/** How long this thread has run on a processor, in milliseconds; undefined where the system does not tell. */
function threadTime() {
  try {
    return Number(fs.readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return undefined
  }
}

/**
 * Watches how long each turn of this process's event loop works. Time in which a busy machine ran something else does
 * not count: it would be counted for every program alike.
 */
export function watchLoop() {
  let maxMs = 0
  let last = { at: performance.now(), worked: threadTime() }
  const timer = setInterval(look, 1)
  function look() {
    const now = { at: performance.now(), worked: threadTime() }
    const passed = now.at - last.at
    const worked = now.worked === undefined || last.worked === undefined ? passed : now.worked - last.worked
    maxMs = Math.max(maxMs, Math.min(passed, worked))
    last = now
  }
  return {
    max: () => maxMs,
    reset: () => void (maxMs = 0),
    stop() {
      look()
      clearInterval(timer)
      return maxMs
    },
  }
}

const file = process.env.LOOP_WATCH_FILE
if (file) {
  const watch = watchLoop()
  const timer = setInterval(() => {
    if (!fs.existsSync(file)) watch.reset()
    fs.writeFileSync(file, String(watch.max()))
  }, 50)
  timer.unref()
}
