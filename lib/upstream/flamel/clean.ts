import { startWithinPoints } from '@/lib/text/letters'

/** More than any account holds; beyond it a number is a mistake, and sums of two would lose what is behind the point. */
const BALANCE_MAX = 1e12
/** A whole number that PostgreSQL's bigint, JSON and we all read alike. */
const ID_PATTERN = /^[1-9]\d{0,15}$/

/**
 * A text of upstream's as every store and screen can hold it: no control characters but tab and line breaks, no lone
 * surrogates, at most `max` code points in whole letters. Undefined when it is none or nothing is left.
 */
export function cleanText(value: unknown, max: number): string | undefined {
  if (typeof value !== 'string') return undefined
  // two units at most make one code point, and one may be cut in half here: it is then a lone surrogate
  const text = value
    .slice(0, max * 2)
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
  return startWithinPoints(text, max) || undefined
}

/** A name that is sent back to upstream: as it came, or not at all, as a changed one would name something else. */
export function cleanName(value: unknown, max: number): string | undefined {
  const text = cleanText(value, max)
  return text === value ? text : undefined
}

/** Upstream's number for a thing; also written as a string. Undefined for what JSON cannot carry exactly. */
export function cleanId(value: unknown): number | undefined {
  const id = typeof value === 'string' && ID_PATTERN.test(value) ? Number(value) : value
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 1 ? id : undefined
}

/** A balance that is a plain number. */
export function cleanBalance(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(Math.abs(value) <= BALANCE_MAX)) return undefined
  return value === 0 ? 0 : value // never -0
}

/** A moment written as ISO 8601, in this or the next century. */
export function cleanMoment(value: unknown): Date | undefined {
  const at = typeof value === 'string' ? new Date(value) : undefined
  return at && at.getTime() > 0 && at.getUTCFullYear() < 2200 ? at : undefined
}

/** A count of at least 1; more than `max` counts as `max`. */
export function cleanCount(value: unknown, max: number): number | undefined {
  return typeof value === 'number' && value >= 1 ? Math.min(Math.floor(value), max) : undefined
}
