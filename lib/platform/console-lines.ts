import 'server-only'
import { format, stripVTControlCharacters } from 'node:util'
import { log } from '@/lib/platform/log'

const LONGEST = 4_000

/** What the framework and packages say on the console becomes lines of our log: `event` is `next.console`. */
export function logConsole(): void {
  const levels = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const
  for (const [method, level] of Object.entries(levels))
    Reflect.set(console, method, (...parts: unknown[]) => {
      const said = stripVTControlCharacters(format(...parts)).trim()
      if (said) log[level]('next.console', { said: said.slice(0, LONGEST) })
    })
}
