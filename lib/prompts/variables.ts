const variable = /\{([\p{L}\p{N}][\p{L}\p{N} _-]{0,39})\}/gu

/** What a prompt leaves open, each once, in the order of the text: `product` for `{product}`. */
export function variablesOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(variable), ([, name = '']) => name.trim()))]
}

/** The prompt with its variables filled in; one that has no value stays as it is written. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(variable, (written, name: string) => {
    const value = Object.hasOwn(values, name.trim()) ? values[name.trim()]?.trim() : undefined
    return value || written
  })
}

/** A text cut into what is fixed and its variables, to show them apart. */
export function partsOf(text: string): { text: string; isVariable: boolean }[] {
  return text
    .split(/(\{[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}\})/u)
    .filter(Boolean)
    .map((part) => ({ text: part, isVariable: variablesOf(part).length > 0 }))
}
