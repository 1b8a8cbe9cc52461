import { rgb, type Rgb } from '@/sandbox/painter/colour'
import { hashText } from '@/sandbox/painter/random'
import { Lexicon, type Found } from '@/sandbox/painter/words/find-words'
import {
  COLOUR_WORDS,
  MOOD_WORDS,
  PLACE_WORDS,
  SEASON_WORDS,
  SKY_WORDS,
  TIME_WORDS,
  WEATHER_WORDS,
  type Mood,
  type Place,
  type Season,
  type SkyLight,
  type Time,
  type Weather,
} from '@/sandbox/painter/words/setting-words'
import {
  LIKENESS_WORDS,
  OTHER_MEANINGS,
  SUBJECT_WORDS,
  type SubjectKind,
} from '@/sandbox/painter/words/subject-words'

/** `colour` when the prompt names one for this very thing. */
export type SceneSubject = { kind: SubjectKind; count: number; colour?: Rgb }

/** What a prompt asks for, as far as its words are known. */
export type Scene = {
  subjects: SceneSubject[]
  places: Place[]
  time: Time | null
  season: Season | null
  weather: Weather[]
  sky: SkyLight | null
  mood: Mood | null
  colours: Rgb[]
  /** Tells images of unknown words apart; 0 when the words are known. */
  flavour: number
}

type Word =
  | { is: 'subject'; value: SubjectKind }
  | { is: 'place'; value: Place }
  | { is: 'time'; value: Time }
  | { is: 'season'; value: Season }
  | { is: 'weather'; value: Weather }
  | { is: 'sky'; value: SkyLight }
  | { is: 'mood'; value: Mood }
  | { is: 'colour'; value: string }
  | { is: 'count'; value: number }
  | { is: 'likeness' }
  | { is: 'other' }

const COUNTS: readonly (readonly [number, string])[] = [
  [1, 'one|a single|single|lone|alone|한 마리|한마리|한 송이|한 그루|한 채|혼자|홀로|외로이|하나의|한 개'],
  [2, 'two|pair of|couple of|두|두 마리|한 쌍|둘|두 개'],
  [3, 'three|세|세 마리|셋|세 개|trio of'],
  [4, 'four|네|네 마리|넷|네 개|네 알'],
  [5, 'five|several|다섯|다섯 개|여러|몇|handful of'],
  [6, 'six|half a dozen|여섯|여섯 개'],
  [7, 'seven|many|일곱|많은|수많은|flock of|herd of|떼|가득한|무리'],
  [8, 'eight|nine|ten|dozen|여덟|아홉|열 개|열 마리|lots of'],
]

const words = new Lexicon<Word>([
  ...entries(SUBJECT_WORDS).map(([value, list]) => [{ is: 'subject', value } as const, list] as const),
  ...entries(PLACE_WORDS).map(([value, list]) => [{ is: 'place', value } as const, list] as const),
  ...entries(TIME_WORDS).map(([value, list]) => [{ is: 'time', value } as const, list] as const),
  ...entries(SEASON_WORDS).map(([value, list]) => [{ is: 'season', value } as const, list] as const),
  ...entries(WEATHER_WORDS).map(([value, list]) => [{ is: 'weather', value } as const, list] as const),
  ...entries(SKY_WORDS).map(([value, list]) => [{ is: 'sky', value } as const, list] as const),
  ...entries(MOOD_WORDS).map(([value, list]) => [{ is: 'mood', value } as const, list] as const),
  ...COLOUR_WORDS.map(([value, list]) => [{ is: 'colour', value } as const, list] as const),
  ...COUNTS.map(([value, list]) => [{ is: 'count', value } as const, list] as const),
  [{ is: 'likeness' }, LIKENESS_WORDS],
  [{ is: 'other' }, OTHER_MEANINGS],
])

/** A number with the Korean counter behind it. */
const DIGITS = /(?<![\d.:])([1-9])(?![\d.:])(?:\s?(?:개|마리|송이|그루|척|명|알|병|잔|채))?/g
const MOST_READ = 1200

/** Reads a prompt in Korean, English or both. Never throws; unknown words give the scene its flavour. */
export function readScene(prompt: string): Scene {
  const text = prompt
    .slice(0, MOST_READ * 2)
    .normalize('NFC')
    .replaceAll('’', "'")
    .toLowerCase()
  const { found } = words.find(text.replace(DIGITS, (hit) => ' '.repeat(hit.length)))
  const hits = [...found, ...digits(text)].sort((a, b) => a.at - b.at)
  const all = <T>(pick: (word: Word) => T[]): T[] => hits.flatMap(({ what }) => pick(what))
  const subjects = subjectsOf(hits)
  const places = inOrder(all((word) => (word.is === 'place' ? [word.value] : [])))
  const claims = claimedColours(hits)
  const named = all((word) => (word.is === 'colour' ? [word.value] : []))
  const free = named.filter((value) => !claims.some((claim) => claim.colour === value))
  const colours = [...new Set(free)].slice(0, 3).map(rgb)
  const weather = [...new Set(all((word) => (word.is === 'weather' ? [word.value] : [])))]
  const scene = {
    subjects,
    places,
    time: all((word) => (word.is === 'time' ? [word.value] : []))[0] ?? null,
    season: all((word) => (word.is === 'season' ? [word.value] : []))[0] ?? null,
    weather,
    sky: all((word) => (word.is === 'sky' ? [word.value] : []))[0] ?? null,
    mood: all((word) => (word.is === 'mood' ? [word.value] : []))[0] ?? null,
    colours,
  }
  return { ...scene, flavour: subjects.length || places.length ? 0 : hashText(text.trim()) }
}

/** Whether a prompt names anything that the painter can draw: a thing, a place or the moon. */
export function drawsSubject(prompt: string): boolean {
  const { subjects, places, sky } = readScene(prompt)
  return subjects.length > 0 || places.length > 0 || sky === 'moon'
}

/** The places that say most come first, whatever the order of the words: a lake among mountains is a lake. */
const PLACE_ORDER: readonly Place[] = [
  'aurora',
  'pond',
  'island',
  'lake',
  'village',
  'alley',
  'city',
  'space',
  'snowfield',
  'dunes',
  'sea',
  'table',
  'forest',
  'meadow',
  'mountains',
  'abstract',
]

function inOrder(places: Place[]): Place[] {
  return PLACE_ORDER.filter((place) => places.includes(place))
}

/** The scene as a short text; equal scenes have equal keys. */
export function sceneKey(scene: Scene): string {
  return JSON.stringify(scene)
}

/** How many a plural without a number stands for. */
const SEVERAL = 3

function subjectsOf(hits: Found<Word>[]): SceneSubject[] {
  const counts = new Map<SubjectKind, number>()
  const named = namedSubjects(hits)
  for (const { kind, isPlural } of named) if (!counts.has(kind)) counts.set(kind, isPlural ? SEVERAL : 1)
  for (const { what, at } of hits) {
    if (what.is !== 'count') continue
    const nearest = named.toSorted((a, b) => distance(a.at, at) - distance(b.at, at))[0]
    if (nearest && Math.abs(nearest.at - at) < 40) counts.set(nearest.kind, what.value)
  }
  const claims = new Map(claimedColours(hits).map(({ kind, colour }) => [kind, rgb(colour)]))
  return [...counts].slice(0, 4).map(([kind, count]) => {
    const colour = claims.get(kind)
    return { kind, count, ...(colour && { colour }) }
  })
}

/** A likeness is of whom the prompt names, be it a cat; of nobody named, it is a person's. */
function namedSubjects(hits: Found<Word>[]): { kind: SubjectKind; at: number; isPlural: boolean }[] {
  const likeness = hits.find(({ what }) => what.is === 'likeness')
  const named = hits.flatMap(({ what, at, isPlural }) => {
    if (what.is !== 'subject') return []
    return [{ kind: likeness && what.value === 'person' ? 'portrait' : what.value, at, isPlural }]
  })
  if (!likeness || named.some(({ kind }) => SITTERS.includes(kind))) return named
  return [{ kind: 'portrait', at: likeness.at, isPlural: false }, ...named]
}

const SITTERS: readonly string[] =
  'portrait man astronaut fox sleepingFox tiger cat dog rabbit bear deer bird owl'.split(' ')

/** How far behind a colour its noun may begin. */
const COLOUR_REACH = 14

/** The colours that stand right before a subject, with only numbers, moods or other colours between. */
function claimedColours(hits: Found<Word>[]): { kind: SubjectKind; colour: string }[] {
  return hits.flatMap(({ what, at }, index) => {
    if (what.is !== 'colour') return []
    const noun = hits.slice(index + 1).find(({ what: next }) => next.is === 'subject' || next.is === 'place')
    if (noun?.what.is !== 'subject' || noun.at - at > COLOUR_REACH) return []
    return [{ kind: noun.what.value, colour: what.value }]
  })
}

/** A count stands before its noun in English, on either side in Korean. */
function distance(noun: number, count: number): number {
  return noun >= count ? noun - count : (count - noun) * 1.5
}

function digits(text: string): Found<Word>[] {
  return [...text.matchAll(DIGITS)].map((match) => ({
    what: { is: 'count', value: Math.min(8, Number(match[1])) },
    at: match.index,
    isPlural: false,
  }))
}

function entries<K extends string>(table: Record<K, string>): [K, string][] {
  // `Object.entries` forgets the keys' type; the tables are literals of this module's own.
  return Object.entries(table) as [K, string][]
}
