/**
 * What people paste: lists with commas, semicolons, spaces or lines between, with or without names (`Kim <kim@example.com>`).
 * A word that is neither an address nor a name before one is wrong.
 */
export function addressesIn(text: string): { addresses: string[]; wrong: string[] } {
  const entries = text.normalize('NFKC').match(/(?:"[^"\n]*"|“[^”\n]*”|[^,;\n])+/g) ?? []
  const unique = [...new Set(entries.flatMap(wordsOf).map((one) => one.toLowerCase()))]
  const isWhole = (one: string) => /^[^@]+@[^@.]+(\.[^@.]+)+$/.test(one)
  return { addresses: unique.filter(isWhole), wrong: unique.filter((one) => !isWhole(one)) }
}

/** The words of an entry without the names before an address in angle brackets. Marks alone, as of a list, are no words. */
function wordsOf(entry: string): string[] {
  const parts = entry.split(/<([^<>]*@[^<>]*)>/) // what is in the brackets stands at odd places
  return parts.flatMap((part, at) => {
    const isName = at % 2 === 0 && at < parts.length - 1
    const words = part
      .split(/[\s,;<>()"“”]+/)
      .map((word) => word.replace(/^'|'$/g, '').replace(/^mailto:|\.$/gi, ''))
    return words.filter((word) => (isName ? word.includes('@') : /[\p{L}\p{N}@]/u.test(word)))
  })
}
