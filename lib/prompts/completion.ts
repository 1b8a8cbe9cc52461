/** A `#` and what follows it, from its place in the text to the caret. */
export type Completion = { query: string; from: number; to: number }

/** What is being typed after a `#` that begins a word, up to the caret. */
export function completionAt(text: string, caret: number): Completion | null {
  const found = /(?:^|[\s,.;:(])#([^\s#]{0,40})$/u.exec(text.slice(0, caret))
  if (!found) return null
  const [, query = ''] = found
  return { query, from: caret - query.length - 1, to: caret }
}

/** The text with a completion in its place, and where the caret stands behind it. */
export function complete(text: string, { from, to }: Completion, inserted: string) {
  return { text: text.slice(0, from) + inserted + text.slice(to), caret: from + inserted.length }
}
