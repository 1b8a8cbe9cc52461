const elsewhere = 'http://studio.invalid'

/**
 * The path to go to after sign-in, or `/` when `value` is anything but a page of this site: other hosts, `//host`,
 * back slashes, control characters and the machine interfaces under /api are refused.
 */
export function safeNext(value: string | null | undefined): string {
  if (!value || !value.startsWith('/') || hasTrickery(value)) return '/'
  if (!URL.canParse(value, elsewhere)) return '/'
  const url = new URL(value, elsewhere)
  if (url.origin !== elsewhere || url.pathname.startsWith('//')) return '/'
  if (/^\/(api|sign-in)(\/|$)/.test(url.pathname)) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}

function hasTrickery(value: string): boolean {
  return value.startsWith('//') || /[\\\u0000-\u001f\u007f]/.test(value)
}

/** The sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  const next = safeNext(path)
  return next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`
}
