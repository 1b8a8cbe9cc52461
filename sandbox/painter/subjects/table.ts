import {
  blob,
  leaf,
  oval,
  rect,
  TONES,
  type Looks,
  type Part,
  type Stance,
  type Subject,
  type Tone,
} from '@/sandbox/painter/subjects/pen'

const STANCES: readonly Stance[] = ['ground', 'air', 'water', 'table', 'front']

/** Subjects whose text is one line of looks and a line for each part. */
export function subjects<Kind extends string>(table: Record<Kind, string>): Record<Kind, Subject>
export function subjects(table: Record<string, string>): Record<string, Subject> {
  return Object.fromEntries(Object.entries(table).map(([kind, text]) => [kind, subjectOf(text)]))
}

function subjectOf(text: string): Subject {
  const end = text.indexOf('\n')
  const parts = drawn(text.slice(end))
  return { ...looks(text.slice(0, end)), parts: () => parts }
}

/** Reads `stance size [small] body shade light accent dark deep`, the last six as #rrggbb. */
export function looks(text: string): Looks {
  const [stance, size, ...rest] = text.trim().split(' ')
  const hexes = rest.filter((word) => word.startsWith('#'))
  const colourOf = (tone: Tone): string => known(hexes[TONES.indexOf(tone)], text)
  return {
    stance: known(
      STANCES.find((one) => one === stance),
      text,
    ),
    size: Number(size),
    isSmall: rest[0] === 'small',
    colours: {
      body: colourOf('body'),
      shade: colourOf('shade'),
      light: colourOf('light'),
      accent: colourOf('accent'),
      dark: colourOf('dark'),
      deep: colourOf('deep'),
    },
  }
}

const WORDS = /([OBRF])([^A-Za-z]*)/g

/**
 * Reads one part from each line: `tone [line width] outline`. Outlines are SVG paths with four more words:
 * `O x y rx [ry]` an oval, `B x y …` a blob, `R x y width height` a rectangle, `F x y length angle [width]` a leaf.
 * A line that begins with such a word goes on with the part before.
 */
export function drawn(rows: string): Part[] {
  const lines = rows.replace(/\n\s*(?=[A-Z])/g, '').split('\n')
  return lines.flatMap((line): Part[] => {
    const row = line.trim()
    if (!row) return []
    const [, name, width, outline = ''] = /^(\w+) (?:([\d.]+) )?(.+)$/.exec(row) ?? []
    const tone = known(
      TONES.find((one) => one === name),
      row,
    )
    const d = outline.replace(WORDS, (_, word: string, numbers: string) => pathOf(word, numbers))
    return [{ tone, d, ...(width !== undefined && { line: Number(width) }) }]
  })
}

function pathOf(word: string, text: string): string {
  const numbers = text
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const [x = 0, y = 0, third = 0, fourth, fifth] = numbers
  if (word === 'O') return oval(x, y, third, fourth)
  if (word === 'R') return rect(x, y, third, fourth ?? third)
  if (word === 'F') return leaf(x, y, third, fourth ?? 0, fifth)
  return blob(...numbers)
}

function known<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new TypeError(`The painter cannot read “${text}”.`)
  return value
}
