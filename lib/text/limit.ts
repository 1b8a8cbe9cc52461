import { startWithin } from '@/lib/text/letters'

type Typed = {
  /** What stood in the field before. */
  before: string
  text: string
  /** Where the caret stands now: behind what was put in. */
  caret: number
  /** UTF-16 units, as the server counts. */
  limit: number
}

/**
 * What a field may hold of what was put into it: of a text that is too long, the end of what came in last is left out,
 * at a whole letter, and what stood there before stays. Null when all of it fits.
 */
export function withinLimit({ before, text, caret, limit }: Typed): { text: string; caret: number } | null {
  if (text.length <= limit) return null
  const behind = text.slice(caret)
  if (behind.length > limit) return endingAt(startWithin(text, limit))
  const ahead = aheadOf({ before, text, end: caret, behind })
  const start = ahead + startWithin(text.slice(ahead.length, caret), limit - behind.length - ahead.length)
  return { text: start + behind, caret: start.length }
}

const endingAt = (text: string) => ({ text, caret: text.length })

/** What stood before the place where something was put in; where it took the place of something else, in whole letters. */
function aheadOf({
  before,
  text,
  end,
  behind,
}: {
  before: string
  text: string
  end: number
  behind: string
}) {
  const most = Math.min(end, before.length - behind.length)
  let length = 0
  while (length < most && text[length] === before[length]) length += 1
  const isInsertion = before === text.slice(0, length) + behind
  return isInsertion ? text.slice(0, length) : startWithin(text, length)
}
