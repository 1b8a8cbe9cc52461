import type { ImageFilters } from '@/lib/images/schema'
import { startWithin } from '@/lib/text/letters'

/** UTF-16 units of a search. */
export const TEXT_MAX = 200

type Search = { get: (name: string) => string | null }

/** The filters as the gallery's address says them; what makes no sense is left out. */
export function readFilters(search: Search): ImageFilters {
  const text = (name: string) => startWithin(search.get(name) ?? '', TEXT_MAX) || undefined
  const styleId = Number(search.get('style') ?? '')
  const makerId = text('person')
  const until = text('until')
  return {
    q: text('q'),
    ratio: text('ratio'),
    styleId: Number.isSafeInteger(styleId) && styleId > 0 ? styleId : undefined,
    makerId: makerId && /^[0-9a-f-]{36}$/.test(makerId) ? makerId : undefined,
    favourite: search.get('favourite') === 'true' ? 'true' : undefined,
    until: until && /^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(until) ? until : undefined,
  }
}

/** The part of an address behind its path; empty when nothing is filtered. */
export function writeFilters({ q, ratio, styleId, makerId, favourite, until }: ImageFilters): string {
  const search = new URLSearchParams()
  const set = (name: string, value: string | number | undefined) =>
    value !== undefined && value !== '' && search.set(name, String(value))
  set('q', q)
  set('ratio', ratio)
  set('style', styleId)
  set('person', makerId)
  set('favourite', favourite)
  set('until', until)
  const text = search.toString()
  return text && `?${text}`
}

export const hasFilters = (filters: ImageFilters): boolean =>
  Object.values(filters).some((value) => value !== undefined)
