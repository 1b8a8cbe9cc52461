export type Found<T> = { what: T; at: number; isPlural: boolean }

type Entry<T> = { what: T; word: string; pattern: RegExp }

/** Looks words up in a prompt: English on whole words and plurals, Korean with any particle behind. */
export class Lexicon<T> {
  #entries: Entry<T>[]

  constructor(groups: Iterable<readonly [T, string]>) {
    this.#entries = [...groups]
      .flatMap(([what, words]) => words.split('|').map((word) => ({ what, word, pattern: patternOf(word) })))
      .sort((a, b) => b.word.length - a.word.length)
  }

  /** Every hit in reading order. Longer words come first, and what one has taken no shorter one finds again. */
  find(text: string): { found: Found<T>[]; rest: string } {
    let rest = text
    const found: Found<T>[] = []
    for (const { what, word, pattern } of this.#entries) {
      rest = rest.replace(pattern, (hit, ...groups) => {
        const at: unknown = groups.find((group) => typeof group === 'number')
        found.push({
          what,
          at: typeof at === 'number' ? at : 0,
          isPlural: hit !== word && !hit.endsWith("'s"),
        })
        return ' '.repeat(hit.length)
      })
    }
    return { found: found.sort((a, b) => a.at - b.at), rest }
  }
}

/** What may stand directly behind a Korean word of one syllable, so that 산 is not found in 산책. */
const PARTICLES =
  '(?:이|가|은|는|을|를|의|에|에서|에게|과|와|랑|도|만|로|으로|들|들이|들의|처럼|같은|위|위로|위의|위에|아래|속|속의|속에|속에서|앞|앞에|앞의|옆|옆에|사이|너머|뒤|뒤로|빛|길|한|하나|두|세|네|풍경|그림|모양|이다|이고|비|눈|밤|산|꽃|숲|하늘|강|밭|달)'

function patternOf(word: string): RegExp {
  if (!/\p{Script=Hangul}/u.test(word)) {
    const ends = word.endsWith('y') ? `${word.slice(0, -1)}(?:y|y's|ies)` : `${word}(?:s|es|'s)?`
    return new RegExp(`(?<![a-z])${ends}(?![a-z])`, 'g')
  }
  if ([...word].length === 1)
    return new RegExp(`(?<!\\p{Script=Hangul})${word}(?=${PARTICLES}?(?!\\p{Script=Hangul}))`, 'gu')
  return new RegExp(word, 'g')
}
