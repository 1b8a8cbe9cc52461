// @ts-check
const METHODS = /** @type {const} */ (['debug', 'log', 'info', 'warn', 'error'])

/**
 * Keeps what is said on the console until there is a log to write it into. `release` gives the console back and says
 * it then, through whatever `take` puts in the console's place; it may be called again.
 */
export function holdConsole() {
  /** @type {{ method: typeof METHODS[number], parts: unknown[] }[]} */
  const held = []
  const own = { ...console }
  for (const method of METHODS) console[method] = (...parts) => void held.push({ method, parts })
  let isHeld = true
  return {
    release(take = () => {}) {
      if (isHeld) for (const method of METHODS) console[method] = own[method]
      isHeld = false
      take()
      for (const { method, parts } of held.splice(0)) console[method](...parts)
    },
  }
}
