export const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LevelName = (typeof LEVELS)[number]

/** The parts whose lines have a level of their own, with the words that their events begin with. */
export const AREAS = {
  http: ['http', 'pages', 'drop_in', 'operations', 'rows'],
  pipeline: ['generation', 'dispatch', 'kept_answers'],
  storage: ['storage', 'data_directory', 'images', 'clearing', 'own_data', 'backup'],
  upstream: ['upstream', 'credits'],
  accounts: ['sign-in', 'passkey', 'audit', 'setup'],
  notices: ['mail', 'alerts', 'usage'],
  process: ['boot', 'events', 'nodes', 'planner_statistics'],
  next: ['next'],
} as const
export type Area = keyof typeof AREAS

const AREA_OF = new Map<string, Area>(
  areaNames().flatMap((area) => AREAS[area].map((word): [string, Area] => [word, area])),
)

/** The area of an event such as `generation.outcome`; undefined for a word that none of them lists. */
export const areaOf = (event: string): Area | undefined => AREA_OF.get(event.split('.')[0] ?? '')

export type Levels = { default: LevelName; areas: Partial<Record<Area, LevelName>> }

/** `info`, or `info,pipeline=debug`: the first is for every area that is not named. Null when it is neither. */
export function parseLevels(text: string): Levels | null {
  const [first = '', ...rest] = text.split(',').map((part) => part.trim())
  if (!isLevel(first)) return null
  const areas: Levels['areas'] = {}
  for (const part of rest) {
    const [name = '', level = ''] = part.split('=')
    const area = areaNames().find((one) => one === name)
    if (area === undefined || !isLevel(level)) return null
    areas[area] = level
  }
  return { default: first, areas }
}

/** Whether a line of that level is written. */
export const isWritten = (level: LevelName, event: string, { default: all, areas }: Levels): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(areas[areaOf(event) ?? 'process'] ?? all)

const isLevel = (text: string): text is LevelName => LEVELS.some((level) => level === text)

export function areaNames(): Area[] {
  return Object.keys(AREAS) as Area[] // Object.keys forgets the names
}
