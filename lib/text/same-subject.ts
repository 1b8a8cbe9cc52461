/** Words of two letters or more: one letter says nothing. */
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []

/** Whether two prompts speak of the same: more than half of the shorter one's words, or their beginnings, are in the other. */
export function isAboutTheSame(one: string, other: string): boolean {
  const [few = [], many = []] = [wordsOf(one), wordsOf(other)].toSorted((a, b) => a.length - b.length)
  const common = few.filter((word) => many.some((known) => known.startsWith(word) || word.startsWith(known)))
  return common.length * 2 > few.length
}
