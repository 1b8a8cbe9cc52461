type BadText = { path: (string | number)[]; message: string }

/** Deeper than any real request; a bound for everything that later walks the value. */
const DEPTH_MAX = 32

/** The first text inside a parsed JSON value that PostgreSQL or UTF-8 cannot hold (NUL, a lone surrogate), or null. */
export function findBadText(value: unknown): BadText | null {
  const open: { value: unknown; path: (string | number)[] }[] = [{ value, path: [] }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: here, path } = next
    if (typeof here === 'string') {
      const message = badness(here)
      if (message) return { path, message }
    } else if (typeof here === 'object' && here !== null) {
      if (path.length >= DEPTH_MAX) return { path: path.slice(0, 1), message: 'is nested too deeply' }
      for (const [key, member] of Object.entries(here)) {
        const message = badness(key)
        if (message) return { path, message }
        open.push({ value: member, path: [...path, Array.isArray(here) ? Number(key) : key] })
      }
    }
  }
  return null
}

function badness(text: string): string | null {
  if (text.includes('\0')) return 'contains NUL'
  return /\p{Surrogate}/u.test(text) ? 'contains half a character (a lone surrogate)' : null
}
