/** What people paste: lists with commas, semicolons or lines between, with or without names (`Kim <kim@example.com>`). */
export function addressesIn(text: string): { addresses: string[]; wrong: string[] } {
  const found = text.match(/[^\s,;<>()"'“”]*@[^\s,;<>()"'“”]*/g) ?? []
  const unique = [
    ...new Set(
      found.map((one) =>
        one
          .normalize('NFKC')
          .toLowerCase()
          .replace(/^mailto:|\.$/g, ''),
      ),
    ),
  ]
  const isWhole = (one: string) => /^[^@]+@[^@.]+(\.[^@.]+)+$/.test(one)
  return { addresses: unique.filter(isWhole), wrong: unique.filter((one) => !isWhole(one)) }
}
