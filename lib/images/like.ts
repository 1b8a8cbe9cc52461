/** A LIKE pattern for "contains this text": what has a meaning in patterns stands for itself, Latin letters are small. */
export function containsPattern(text: string): string {
  const plain = text.normalize('NFC').trim().toLowerCase()
  return `%${plain.replace(/[\\%_]/g, '\\$&')}%`
}
