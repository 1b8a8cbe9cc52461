let segmenter: Intl.Segmenter | undefined

/** A letter of a reader has a few code units; hundreds of marks on one are an attack on whoever draws it. */
const UNITS_PER_LETTER = 32

/** Letters as readers count them (grapheme clusters, UAX #29): 한, ที่, é and 👨‍👩‍👧 are one each. */
export function* lettersOf(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' })
  for (const { segment } of segmenter.segment(text)) yield segment
}

/** The first `max` letters of a text, never a part of one. */
export function startOf(text: string, max: number): string {
  if (text.length <= max) return text
  const sizeMax = max * UNITS_PER_LETTER
  let [start, count] = ['', 0]
  for (const letter of lettersOf(text.slice(0, sizeMax + UNITS_PER_LETTER))) {
    if (count === max || start.length + letter.length > sizeMax) break
    start += letter
    count += 1
  }
  return start
}

/** As many whole letters as fit into so many UTF-16 units, which is what lengths are limited by elsewhere. */
export function startWithin(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text
  let start = ''
  for (const letter of lettersOf(text.slice(0, unitsMax + UNITS_PER_LETTER))) {
    if (start.length + letter.length > unitsMax) break
    start += letter
  }
  return start
}

/** As many whole letters as have so many code points together, which is what Flamel limits a prompt by. */
export function startWithinPoints(text: string, pointsMax: number): string {
  if (text.length <= pointsMax) return text
  let [start, points] = ['', 0]
  for (const letter of lettersOf(text)) {
    points += Array.from(letter).length
    if (points > pointsMax) break
    start += letter
  }
  return start
}

/** The first letters with … where something is left out; `max` counts it too. */
export function shorten(text: string, max: number): string {
  return startOf(text, max) === text ? text : `${startOf(text, max - 1).trimEnd()}…`
}
