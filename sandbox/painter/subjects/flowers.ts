import type { Random } from '@/sandbox/painter/random'
import { leaf, line, oval, part, type Part, type Subject } from '@/sandbox/painter/subjects/pen'
import { drawn, looks, subjects } from '@/sandbox/painter/subjects/table'

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
  ...looks('ground 0.9 #e6657f #c43f62 #f8b9bb #f2b63e #3f7452 #2a4f3a'),
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

/** A flower whose head stands on (0, 0), drawn at each of `heads` as [x, y, scale]. */
const drawnAt = (heads: readonly (readonly [number, number, number])[], rows: string): Part[] => {
  const head = drawn(rows)
  return heads.flatMap(([x, y, scale]) =>
    head.map((one) => ({
      ...one,
      d: one.d.replace(
        /(-?[\d.]+) (-?[\d.]+)/g,
        (_, dx, dy) => `${x + Number(dx) * scale} ${y + Number(dy) * scale}`,
      ),
    })),
  )
}

const rose: Subject = {
  ...looks('ground 0.78 #cf3348 #961f3c #f39a9c #e2566a #3c7050 #284a38'),
  parts: () => [
    ...drawn(`
      deep 1.5 M50 102C52 84 47 66 50 44M50 84C60 78 66 62 74 52M50 90C40 84 34 74 26 64
      dark F50 76 22 3.642 8F51 66 18 -0.3 7F62 74 18 0.3 7F38 82 16 2.942 6F51 92 20 0.1 7
    `),
    ...drawnAt(
      [
        [26, 60, 0.52],
        [75, 48, 0.6],
        [50, 42, 1],
      ],
      `
      dark B-14 -2 0 6 14 -2 0 -6
      shade B-22 -22 -24 -10 -10 2 4 0 -2 -22
      shade B22 -22 24 -10 10 2 -4 0 2 -22
      body B-17 -32 -19 -18 -10 -2 0 2 10 -2 19 -18 17 -32 0 -38
      accent B-20 -26 -18 -10 -4 1 6 -3 -4 -15 -12 -24
      accent B20 -27 18 -10 8 0 3 -6 8 -18
      shade B-13 -33 -10 -24 2 -20 13 -26 12 -35 0 -38
      accent B-9 -33 -6 -26 3 -24 9 -29 7 -35 -1 -37
      light 1 M-5 -31Q-3 -36 3 -34Q7 -31 2 -28Q-1 -27 -1 -30M-17 -24Q-12 -22 -4 -13
    `,
    ),
  ],
}

const tulip: Subject = {
  ...looks('ground 0.74 #e8543f #b5352f #ffb38a #f4836a #4f8a5b #37694a'),
  parts: () => [
    ...drawn(`
      deep 1.7 M48 102C47 80 49 60 50 38M46 102C40 82 32 70 26 50M54 102C60 84 68 70 75 46
      deep 1.7 M50 102C46 90 42 82 40 70M52 102C56 92 60 84 61 72
      dark F48 102 58 -1.95 6F52 102 52 -1.12 6F46 102 40 -2.4 5F55 102 38 -0.75 5
    `),
    ...drawnAt(
      [
        [40, 70, 0.66],
        [61, 72, 0.62],
        [26, 52, 0.9],
        [75, 48, 0.86],
        [50, 40, 1.1],
      ],
      `
      shade M-4 0C-10 -8 -7 -22 0 -27C7 -22 10 -8 4 0Z
      body M0 2C-15 1 -14 -16 -11 -25C-6 -20 0 -12 1 2Z
      accent M0 2C15 1 14 -16 11 -25C6 -20 0 -12 -1 2Z
      light M-9 -4C-11 -10 -11 -16 -9.5 -20C-8 -14 -7 -9 -9 -4Z
    `,
    ),
  ],
}

const sunflower: Subject = {
  ...looks('ground 0.86 #f5b72b #d98b1c #fcd968 #9b5c28 #447f49 #472a18'),
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
      ...drawn(`
        dark 2.6 M50 102C52 84 47 62 50 40
        dark F50 82 34 -0.35 13F50 74 32 3.542 12F50 96 24 3.042 9
      `),
      part('shade', petals(17, 30, 0.1)),
      part('body', petals(17, 29, 0.29)),
      part('light', petals(15, 21, 0.2)),
      part('deep', oval(50, 33, 12.5)),
      part('accent', seeds.join('')),
    ]
  },
}

const petals = (angles: number[], length: number, width: number): string =>
  angles.map((angle) => `F50 78 ${length} ${angle - Math.PI / 2} ${width}`).join('')

const afloat = subjects({
  lotus: `water 0.56 #f2a0bb #d96f95 #fde0e7 #f0bf4c #41875f #2c6049
    deep O22 92 22 7O80 94 19 6
    dark O22 90.5 21 6.4O80 92.5 18 5.4O50 88 26 7
    shade ${petals([-1.25, -0.8, -0.35, 0.35, 0.8, 1.25], 46, 11)}
    body ${petals([-1.45, -0.95, -0.45, 0, 0.45, 0.95, 1.45], 42, 10)}
    accent O50 62 7 5
    light ${petals([-1.1, -0.55, 0, 0.55, 1.1], 29, 9)}
    body ${petals([-0.28, 0.28], 20, 7)}
  `,
})

export const FLOWERS = { flower, rose, tulip, sunflower, ...afloat }
