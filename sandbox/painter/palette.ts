import { brightness, mix, rgb, ruled, shift, WHITE, type Rgb } from '@/sandbox/painter/colour'
import type { Random } from '@/sandbox/painter/random'
import type { Scene } from '@/sandbox/painter/scene'
import type { Time } from '@/sandbox/painter/words/setting-words'

/** The colours of an image before its technique has its way with them. */
export type Palette = {
  /** Top, middle, horizon. */
  sky: [Rgb, Rgb, Rgb]
  /** Far, middle, near. */
  land: [Rgb, Rgb, Rgb]
  water: Rgb
  light: Rgb
  accent: Rgb
  dark: Rgb
  paper: Rgb
  isNight: boolean
}

type Row = { sky: string; land: string; rest: string }

/** sky: top, middle, horizon · land: far, middle, near · rest: water, light, accent, dark, paper. */
const TIMES: Record<Time, [Row, ...Row[]]> = {
  dawn: [
    {
      sky: '#8aa0cc #e9bcb9 #fde6c8',
      land: '#b3a6ba #77799c #3c4a68',
      rest: '#9cb3c8 #fff1d2 #e8735a #262f46 #f7efe3',
    },
    {
      sky: '#9cc0c9 #f2cdb4 #fdebd0',
      land: '#a9b3b0 #6d8c8d #2f5357',
      rest: '#93bcc0 #fff0cf #ee7f56 #1f3a40 #f8f1e4',
    },
  ],
  day: [
    {
      sky: '#5fa9dd #a9d6ee #eef5e6',
      land: '#9cc4c8 #64a287 #2f6a50',
      rest: '#4f9fc4 #fff6d6 #f0744f #17383f #f7f3e8',
    },
    {
      sky: '#78bdc4 #c3e2d6 #f6f0d8',
      land: '#a8c8b4 #77a872 #3d6b3f',
      rest: '#5faeb0 #fff4cc #ef8650 #20392c #f8f3e4',
    },
  ],
  sunset: [
    {
      sky: '#3b3a7c #d8627c #fdc078',
      land: '#a9587c #65386e #2a2150',
      rest: '#8a5c8e #ffdc90 #ff7748 #1a1636 #fbeedd',
    },
    {
      sky: '#6b4a86 #ee8a6b #fde0a0',
      land: '#c87a63 #86495a #3d2746',
      rest: '#b07a80 #ffe7a8 #e84f3d #241a30 #fcf0dc',
    },
  ],
  night: [
    {
      sky: '#080d2c #1b2a62 #51609c',
      land: '#2f4074 #1b2a54 #0b1434',
      rest: '#1a2c60 #fdf2cc #ffb24f #050918 #f0ecdf',
    },
    {
      sky: '#0a1826 #134050 #3f7a80',
      land: '#255661 #133a46 #08202b',
      rest: '#154552 #f7f0cf #ff9a58 #04121a #eff0e4',
    },
  ],
}

/** For prompts that say nothing about the hour. */
const MOODS: [Row, ...Row[]] = [
  {
    sky: '#f3c9a2 #f9dcb9 #fdf0d9',
    land: '#dfa183 #b8695f #5c3148',
    rest: '#cf9c86 #fff6e0 #d94f35 #33203a #fbf2e2',
  },
  {
    sky: '#7fb7b5 #bfdccf #f3efda',
    land: '#8fbfb4 #4d8f8c #1c5058',
    rest: '#6fb0b0 #fff7de #ef7b50 #11343c #f6f2e4',
  },
  {
    sky: '#8f8fc8 #cbb8dc #f8dfd8',
    land: '#a596c0 #6f659f #373468',
    rest: '#9d97c8 #fff1e0 #f2836f #242149 #f7f0ec',
  },
  {
    sky: '#e7a06a #f4c98c #fcebc4',
    land: '#c9875a #93563c #4d2d2a',
    rest: '#b98f6c #fff2ce #c93f2c #2c1a1c #faf0dc',
  },
  {
    sky: '#86a9c9 #c7d6da #f4ecdc',
    land: '#9db4bd #5f819a #2a4866',
    rest: '#6d97b4 #fff4da #e9694b #1a2d44 #f5f1e7',
  },
  {
    sky: '#c2cfa4 #e2e2bd #f9f2d6',
    land: '#a5b883 #678a5e #2f5343',
    rest: '#8fb09a #fff8dc #e5643f #1f3a30 #f7f3e2',
  },
]

/** The palette that hour, season, weather, mood and colours of a scene call for; `hour` −1…1 is the photographer's own. */
export function paletteOf(scene: Scene, random: Random, hour: number): Palette {
  const time = scene.time ?? impliedTime(scene)
  const isGreen = scene.season === 'spring' || scene.season === 'summer'
  const row = random.pick(time ? TIMES[time] : isGreen ? TIMES.day : MOODS)
  let palette = read(row, time === 'night')
  palette = seasoned(palette, scene)
  palette = weathered(palette, scene)
  palette = mapped(atHour(palette, hour), (colour) =>
    shift(colour, { hue: hour * 7, chroma: chromaOf(scene) }),
  )
  return scene.colours.length ? ruledBy(palette, scene.colours) : palette
}

/** Later light is lower, warmer and darker above; earlier light is cool and pale. */
function atHour(palette: Palette, hour: number): Palette {
  const part = Math.min(1.6, Math.abs(hour))
  const tint = hour > 0 ? palette.accent : rgb('#cfe3f2')
  return mapped(palette, (colour, role) => {
    if (role === 'sky') return mix(colour, tint, part * (hour > 0 ? 0.13 : 0.2))
    if (role === 'light') return mix(colour, tint, part * 0.14)
    if (role === 'land' || role === 'water')
      return shift(mix(colour, tint, part * 0.05), { light: hour > 0 ? part * -0.035 : part * 0.03 })
    return colour
  })
}

function impliedTime({ sky, places, weather }: Scene): Time | null {
  if (sky === 'moon' || weather.includes('stars')) return 'night'
  return places.includes('aurora') || places.includes('space') ? 'night' : null
}

function read({ sky, land, rest }: Row, isNight: boolean): Palette {
  const [water, light, accent, dark, paper] = rest.split(' ').map(rgb)
  return {
    sky: three(sky),
    land: three(land),
    water: water ?? WHITE,
    light: light ?? WHITE,
    accent: accent ?? WHITE,
    dark: dark ?? WHITE,
    paper: paper ?? WHITE,
    isNight,
  }
}

function three(row: string): [Rgb, Rgb, Rgb] {
  const [first = WHITE, second = first, third = second] = row.split(' ').map(rgb)
  return [first, second, third]
}

export function mapped(palette: Palette, change: (colour: Rgb, role: string) => Rgb): Palette {
  const [top, middle, low] = palette.sky
  const [far, half, near] = palette.land
  return {
    sky: [change(top, 'sky'), change(middle, 'sky'), change(low, 'sky')],
    land: [change(far, 'land'), change(half, 'land'), change(near, 'land')],
    water: change(palette.water, 'water'),
    light: change(palette.light, 'light'),
    accent: change(palette.accent, 'accent'),
    dark: change(palette.dark, 'dark'),
    paper: change(palette.paper, 'paper'),
    isNight: palette.isNight,
  }
}

const SEASON_TINTS = {
  spring: { land: '#a9c77f', part: 0.32, accent: '#f29ab4' },
  summer: { land: '#2f9164', part: 0.38, accent: '#f4743c' },
  autumn: { land: '#c26a2e', part: 0.4, accent: '#d6402a' },
  winter: { land: '#e6edf3', part: 0.5, accent: '#c8403a' },
}

function seasoned(palette: Palette, { season, weather, places }: Scene): Palette {
  const known = season ?? (weather.includes('snow') || places.includes('snowfield') ? 'winter' : null)
  if (!known) return palette
  const { land, part, accent } = SEASON_TINTS[known]
  const strength = palette.isNight ? part * 0.55 : part
  return {
    ...mapped(palette, (colour, role) => (role === 'land' ? mix(colour, rgb(land), strength) : colour)),
    accent: mix(palette.accent, rgb(accent), 0.7),
  }
}

function weathered(palette: Palette, { weather }: Scene): Palette {
  const [, , low] = palette.sky
  let changed = palette
  if (weather.includes('mist'))
    changed = mapped(changed, (colour, role) =>
      role === 'land' || role === 'sky' || role === 'water'
        ? mix(shift(colour, { chroma: 0.9 }), low, 0.28)
        : colour,
    )
  if (weather.includes('rain'))
    changed = mapped(changed, (colour, role) =>
      role === 'accent' || role === 'light' ? colour : shift(colour, { chroma: 0.65, light: -0.06 }),
    )
  return changed
}

function chromaOf({ mood }: Scene): number {
  return { calm: 0.88, warm: 1.06, cool: 0.95, dreamy: 1.02, bold: 1.28, dark: 0.7, none: 1 }[mood ?? 'none']
}

/** The first named colour rules sky and land; a second one takes what lies near and what stands out. */
function ruledBy(palette: Palette, [first = WHITE, second = first, third = second]: Rgb[]): Palette {
  const rule = (colour: Rgb, role: string): Rgb => {
    if (role === 'sky' || role === 'water') return ruled(colour, first, 0.78)
    if (role === 'land') return ruled(colour, second, 0.8)
    if (role === 'accent') return second === first ? ruled(colour, first, 0.35) : third
    return ruled(colour, first, role === 'paper' ? 0.22 : 0.4)
  }
  return mapped(palette, rule)
}

/** A subject's own colour under the colours the prompt names. */
export function dressed(colour: string, { colours }: Scene, share: number, named?: Rgb): Rgb {
  const own = rgb(colour)
  if (named) {
    const isExtreme = Math.abs(brightness(named) - 0.5) > 0.35
    return ruled(own, named, Math.min(0.9, share * 1.4), isExtreme ? 0.9 : 0.6)
  }
  const ruler = colours.at(-1)
  return ruler && share > 0 ? ruled(own, ruler, share * 0.2) : own
}
