/** How many images one request may ask for. */
export const SAMPLES = [1, 2, 4] as const
export type Sample = (typeof SAMPLES)[number]

/** Longest prompt, in code points (not UTF-16 units). */
export const PROMPT_MAX = 1200

/** Length as the limits count it: code points. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
