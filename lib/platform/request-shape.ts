/** What a request asks for: few, so that they may be labels of a metric. */
export type Surface =
  'api' | 'drop_in' | 'events' | 'image' | 'operations' | 'page' | 'share' | 'sign_in' | 'static'

const SURFACES: [RegExp, Surface][] = [
  [/^\/(livez|readyz|metrics|api\/health)$/, 'operations'],
  [/^\/api\/v1\/events$/, 'events'],
  [/^\/api\/auth\//, 'sign_in'],
  [/^\/api\/v1\//, 'api'],
  [/^\/api\/(images|users)\//, 'drop_in'],
  [/^\/i\//, 'image'],
  [/^\/s\//, 'share'],
  [/^\/_next\//, 'static'],
]

export function surfaceOf(url: string): Surface {
  const path = pathOf(url)
  return SURFACES.find(([pattern]) => pattern.test(path))?.[1] ?? 'page'
}

/** A word of an address that we chose: not a team's, not an id, not a token. */
const OWN_WORD = /^[a-z][a-z-]{0,23}$/
/** Behind these comes what people or chance chose, whatever it looks like. */
const NAMES_NEXT = ['t', 's', 'i']
const MOST_SEGMENTS = 8

/** The address without anything that names a team, a person, a thing or a secret, and without its query. */
export function shapeOf(url: string): string {
  const segments = pathOf(url)
    .split('/')
    .slice(1, MOST_SEGMENTS + 1)
  const shown = segments.map((segment, at) => {
    const isOwn = segment === '' || segment === 'v1' || OWN_WORD.test(segment)
    return isOwn && !NAMES_NEXT.includes(segments[at - 1] ?? '') ? segment : '*'
  })
  return `/${shown.join('/')}`
}

const pathOf = (url: string) => url.split(/[?#]/)[0] ?? ''
