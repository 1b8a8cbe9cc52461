/** Letters of scripts that are written right to left (Unicode Bidi_Class R and AL), and marks that turn the direction. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const MARKS = /[\u202a-\u202e\u2066-\u2069]/g

/**
 * A person's text inside a sentence of ours: right to left in itself, without turning the words around it. (An element
 * of its own has `dir="auto"` instead.) Other text stays as it is.
 */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text.replace(MARKS, '')}\u2069` : text
}
