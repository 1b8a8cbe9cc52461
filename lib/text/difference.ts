export type Piece = { kind: 'same' | 'added' | 'removed'; text: string }

/** Past this many word pairs the comparison would be felt; the texts are then shown as replaced whole. */
const PAIRS_MAX = 1_000_000

/**
 * What changed between two texts, word by word, in reading order: the pieces without `added` spell `before`, those
 * without `removed` spell `after`.
 */
export function differenceOf(before: string, after: string): Piece[] {
  const [from, to] = [wordsOf(before), wordsOf(after)]
  if (from.length * to.length > PAIRS_MAX) return join([piece('removed', before), piece('added', after)])
  const common = commonLengths(from, to)
  const pieces: Piece[] = []
  let [row, column] = [0, 0]
  while (row < from.length || column < to.length) {
    const [old, fresh] = [from[row], to[column]]
    if (old !== undefined && old === fresh) {
      pieces.push(piece('same', old))
      row += 1
      column += 1
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      pieces.push(piece('removed', old))
      row += 1
    } else {
      pieces.push(piece('added', fresh ?? ''))
      column += 1
    }
  }
  return join(pieces)

  function at(i: number, j: number): number {
    return common[i]?.[j] ?? 0
  }
}

const piece = (kind: Piece['kind'], text: string): Piece => ({ kind, text })

/** Words and what stands between them; together they spell the text. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}'’_-]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? []
}

/** For every place in both texts, how many words the rest of them share. */
function commonLengths(from: string[], to: string[]): Uint32Array[] {
  const lengths = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1))
  for (let row = from.length - 1; row >= 0; row -= 1) {
    const [here, below] = [lengths[row], lengths[row + 1]]
    if (!here || !below) continue
    for (let column = to.length - 1; column >= 0; column -= 1) {
      here[column] =
        from[row] === to[column]
          ? (below[column + 1] ?? 0) + 1
          : Math.max(below[column] ?? 0, here[column + 1] ?? 0)
    }
  }
  return lengths
}

/** Neighbours of one kind become one piece, removals before additions; a lone space does not split a change in two. */
function join(pieces: Piece[]): Piece[] {
  const joined: Piece[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed) joined.push(piece('removed', removed))
    if (added) joined.push(piece('added', added))
    removed = ''
    added = ''
  }
  pieces.forEach(({ kind, text }, index) => {
    const isBridge =
      kind === 'same' && !text.trim() && removed !== '' && added !== '' && pieces[index + 1]?.kind !== 'same'
    if (kind === 'removed' || isBridge) removed += text
    if (kind === 'added' || isBridge) added += text
    if (kind !== 'same' || isBridge || !text) return
    flush()
    const last = joined.at(-1)
    if (last?.kind === 'same') last.text += text
    else joined.push(piece('same', text))
  })
  flush()
  return joined
}
