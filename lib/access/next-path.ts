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
  if (/^\/(api|sign-in|two-step)(\/|$)/.test(url.pathname)) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}

function hasTrickery(value: string): boolean {
  return value.startsWith('//') || /[\\\u0000-\u001f\u007f]/.test(value)
}

/** The sign-in page that leads back to `path`. */
export const signInPath = (path: string): string => leadingBack('/sign-in', path)

/** The second half of a sign-in that was begun elsewhere, which leads back to `path`. */
export const secondStepPath = (path: string): string => {
  const page = signInPath(path)
  return `${page}${page.includes('?') ? '&' : '?'}step=second-factor`
}

/** The page where a second factor is set up, which leads back to `path`. */
export const secondFactorPath = (path: string): string => leadingBack('/two-step', path)

function leadingBack(page: string, path: string): string {
  const next = safeNext(path)
  return next === '/' ? page : `${page}?next=${encodeURIComponent(next)}`
}
