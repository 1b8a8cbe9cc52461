import { isolate } from '@/lib/text/isolate'
import { REFUSALS, UNLISTED, type Meaning } from '@/lib/upstream/flamel/refusals'

const unlisted: Meaning = { status: 400, charged: 'unknown', next: 'read_answer', who: 'admin' }

/** Ends that the studio names itself because nothing was sent: whoever asked may ask again. */
const unsent = {
  no_space: { status: 503, charged: 'no', next: 'free_space', who: 'admin' },
  key_removed: { status: 503, charged: 'no', next: 'try_again', who: 'maker' },
  key_unreadable: { status: 503, charged: 'no', next: 'replace_key', who: 'owner' },
  upstream_unreachable: { status: 503, charged: 'no', next: 'try_again', who: 'maker' },
} satisfies Record<string, Meaning>

/** Every end with an error, told in the same words: what, whether it was charged, what next, who. */
const explained = {
  ...REFUSALS,
  ...unsent,
  generation_failed: { status: 424, charged: 'unknown', next: 'try_again', who: 'maker' },
  [UNLISTED]: unlisted,
} satisfies Record<string, Meaning>

export type UnsentCode = keyof typeof unsent
export type ErrorCode = keyof typeof explained

export function isUnsentCode(code: string): code is UnsentCode {
  return Object.hasOwn(unsent, code)
}

/** Whether `refusals.<code>` has sentences for it. */
export function isExplainedCode(code: string): code is ErrorCode {
  return Object.hasOwn(explained, code)
}

/** Status, charge, next step and who can take it; an unknown code reads as `unlisted`. */
export function meaningOf(code: string): Meaning {
  return isExplainedCode(code) ? explained[code] : unlisted
}

/** The values its sentences take: `{parameter, select, none {…} other {…}}`. */
export function sentenceValues(parameter: string | null | undefined): { parameter: string } {
  return { parameter: parameter ? isolate(parameter) : 'none' }
}
