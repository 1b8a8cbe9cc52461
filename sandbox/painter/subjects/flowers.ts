import type { Random } from '@/sandbox/painter/random'
import { blob, leaf, line, oval, part, type Part, type Subject } from '@/sandbox/painter/subjects/pen'

const bloom = (random: Random, x: number, y: number, size: number): Part[] => {
  const count = random.int(5, 7)
  const start = random.range(0, 1)
  const petals = (scale: number) =>
    Array.from({ length: count }, (_, at) =>
      leaf(x, y, size * scale, start + (at / count) * Math.PI * 2, size * 0.42 * scale),
    )
  return [
    part('shade', petals(1.06).join('')),
    part('body', petals(0.94).join('')),
    part('light', petals(0.55).join('')),
    part('accent', oval(x, y, size * 0.2)),
  ]
}

const flower: Subject = {
  colours: {
    body: '#e6657f',
    shade: '#c43f62',
    light: '#f8b9bb',
    accent: '#f2b63e',
    dark: '#3f7452',
    deep: '#2a4f3a',
  },
  size: 0.9,
  stance: 'ground',
  parts: (random) => {
    const heads = [
      [50, 26, 15],
      [28, 40, 12],
      [72, 38, 13],
      [40, 56, 9.5],
      [64, 60, 9],
      [18, 20, 8],
      [80, 16, 8.5],
    ] as const
    const stems = heads
      .map(([x, y]) => `M50 102C50 ${80 - (x - 50) * 0.1} ${x + (50 - x) * 0.25} ${y + 30} ${x} ${y}`)
      .join('')
    const leaves = Array.from({ length: 9 }, (_, at) => {
      const side = at % 2 ? 1 : -1
      return leaf(
        50 + side * random.range(0, 8),
        94 - at * 4.4,
        random.range(14, 24),
        (side > 0 ? -0.5 : Math.PI + 0.5) + random.range(-0.4, 0.4),
      )
    })
    return [
      line('deep', 1.3, stems),
      part('dark', leaves.join('')),
      ...heads.flatMap(([x, y, size]) =>
        bloom(random, x + random.range(-3, 3), y + random.range(-3, 3), size),
      ),
    ]
  },
}

/** A flower with its head at (0, 0), drawn at each of `heads` as [x, y, scale]. */
const drawnAt = (heads: readonly (readonly [number, number, number])[], head: (at: Head) => Part[]): Part[] =>
  heads.flatMap(([x, y, scale]) => head(([dx, dy]) => `${x + dx * scale} ${y + dy * scale}`))
type Head = (point: readonly [number, number]) => string

const rose: Subject = {
  colours: {
    body: '#cf3348',
    shade: '#961f3c',
    light: '#f39a9c',
    accent: '#e2566a',
    dark: '#3c7050',
    deep: '#284a38',
  },
  size: 0.78,
  stance: 'ground',
  parts: () => [
    line('deep', 1.5, 'M50 102C52 84 47 66 50 44M50 84C60 78 66 62 74 52M50 90C40 84 34 74 26 64'),
    part(
      'dark',
      [
        leaf(50, 76, 22, Math.PI + 0.5, 8),
        leaf(51, 66, 18, -0.3, 7),
        leaf(62, 74, 18, 0.3, 7),
        leaf(38, 82, 16, Math.PI - 0.2, 6),
        leaf(51, 92, 20, 0.1, 7),
      ].join(''),
    ),
    ...drawnAt(
      [
        [26, 60, 0.52],
        [75, 48, 0.6],
        [50, 42, 1],
      ],
      roseHead,
    ),
  ],
}

/** Petals around a whorl, seen a little from above; the head stands on (0, 0). */
function roseHead(at: Head): Part[] {
  const outline = (...points: [number, number][]) =>
    blob(...points.flatMap((point) => at(point).split(' ').map(Number)))
  return [
    part('dark', outline([-14, -2], [0, 6], [14, -2], [0, -6])),
    part('shade', outline([-22, -22], [-24, -10], [-10, 2], [4, 0], [-2, -22])),
    part('shade', outline([22, -22], [24, -10], [10, 2], [-4, 0], [2, -22])),
    part(
      'body',
      outline([-17, -32], [-19, -18], [-10, -2], [0, 2], [10, -2], [19, -18], [17, -32], [0, -38]),
    ),
    part('accent', outline([-20, -26], [-18, -10], [-4, 1], [6, -3], [-4, -15], [-12, -24])),
    part('accent', outline([20, -27], [18, -10], [8, 0], [3, -6], [8, -18])),
    part('shade', outline([-13, -33], [-10, -24], [2, -20], [13, -26], [12, -35], [0, -38])),
    part('accent', outline([-9, -33], [-6, -26], [3, -24], [9, -29], [7, -35], [-1, -37])),
    line(
      'light',
      1,
      `M${at([-5, -31])}Q${at([-3, -36])} ${at([3, -34])}Q${at([7, -31])} ${at([2, -28])}Q${at([-1, -27])} ${at([-1, -30])}M${at([-17, -24])}Q${at([-12, -22])} ${at([-4, -13])}`,
    ),
  ]
}

const tulip: Subject = {
  colours: {
    body: '#e8543f',
    shade: '#b5352f',
    light: '#ffb38a',
    accent: '#f4836a',
    dark: '#4f8a5b',
    deep: '#37694a',
  },
  size: 0.74,
  stance: 'ground',
  parts: () => [
    line(
      'deep',
      1.7,
      'M48 102C47 80 49 60 50 38M46 102C40 82 32 70 26 50M54 102C60 84 68 70 75 46M50 102C46 90 42 82 40 70M52 102C56 92 60 84 61 72',
    ),
    part(
      'dark',
      [
        leaf(48, 102, 58, -1.95, 6),
        leaf(52, 102, 52, -1.12, 6),
        leaf(46, 102, 40, -2.4, 5),
        leaf(55, 102, 38, -0.75, 5),
      ].join(''),
    ),
    ...drawnAt(
      [
        [40, 70, 0.66],
        [61, 72, 0.62],
        [26, 52, 0.9],
        [75, 48, 0.86],
        [50, 40, 1.1],
      ],
      (at) => [
        part(
          'shade',
          `M${at([-4, 0])}C${at([-10, -8])} ${at([-7, -22])} ${at([0, -27])}C${at([7, -22])} ${at([10, -8])} ${at([4, 0])}Z`,
        ),
        part(
          'body',
          `M${at([0, 2])}C${at([-15, 1])} ${at([-14, -16])} ${at([-11, -25])}C${at([-6, -20])} ${at([0, -12])} ${at([1, 2])}Z`,
        ),
        part(
          'accent',
          `M${at([0, 2])}C${at([15, 1])} ${at([14, -16])} ${at([11, -25])}C${at([6, -20])} ${at([0, -12])} ${at([-1, 2])}Z`,
        ),
        part(
          'light',
          `M${at([-9, -4])}C${at([-11, -10])} ${at([-11, -16])} ${at([-9.5, -20])}C${at([-8, -14])} ${at([-7, -9])} ${at([-9, -4])}Z`,
        ),
      ],
    ),
  ],
}

const sunflower: Subject = {
  colours: {
    body: '#f5b72b',
    shade: '#d98b1c',
    light: '#fcd968',
    accent: '#9b5c28',
    dark: '#447f49',
    deep: '#472a18',
  },
  size: 0.86,
  stance: 'ground',
  parts: (random) => {
    const petals = (count: number, length: number, turn: number) =>
      Array.from({ length: count }, (_, at) =>
        leaf(50, 33, length * random.range(0.92, 1.06), turn + (at / count) * Math.PI * 2, 5),
      ).join('')
    const seeds = Array.from({ length: 34 }, (_, at) => {
      const [angle, far] = [at * 2.4, Math.sqrt(at / 34) * 10.5]
      return oval(50 + Math.cos(angle) * far, 33 + Math.sin(angle) * far, 0.75)
    })
    return [
      line('dark', 2.6, 'M50 102C52 84 47 62 50 40'),
      part(
        'dark',
        `${leaf(50, 82, 34, -0.35, 13)}${leaf(50, 74, 32, Math.PI + 0.4, 12)}${leaf(50, 96, 24, Math.PI - 0.1, 9)}`,
      ),
      part('shade', petals(17, 30, 0.1)),
      part('body', petals(17, 29, 0.29)),
      part('light', petals(15, 21, 0.2)),
      part('deep', oval(50, 33, 12.5)),
      part('accent', seeds.join('')),
    ]
  },
}

const lotus: Subject = {
  colours: {
    body: '#f2a0bb',
    shade: '#d96f95',
    light: '#fde0e7',
    accent: '#f0bf4c',
    dark: '#41875f',
    deep: '#2c6049',
  },
  size: 0.56,
  stance: 'water',
  parts: () => {
    const petals = (angles: number[], length: number, width: number) =>
      angles.map((angle) => leaf(50, 78, length, angle - Math.PI / 2, width)).join('')
    return [
      part('deep', `${oval(22, 92, 22, 7)}${oval(80, 94, 19, 6)}`),
      part('dark', `${oval(22, 90.5, 21, 6.4)}${oval(80, 92.5, 18, 5.4)}${oval(50, 88, 26, 7)}`),
      part('shade', petals([-1.25, -0.8, -0.35, 0.35, 0.8, 1.25], 46, 11)),
      part('body', petals([-1.45, -0.95, -0.45, 0, 0.45, 0.95, 1.45], 42, 10)),
      part('accent', oval(50, 62, 7, 5)),
      part('light', petals([-1.1, -0.55, 0, 0.55, 1.1], 29, 9)),
      part('body', petals([-0.28, 0.28], 20, 7)),
    ]
  },
}

export const FLOWERS = { flower, rose, tulip, sunflower, lotus }
