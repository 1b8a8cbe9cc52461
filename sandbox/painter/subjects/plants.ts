import type { Random } from '@/sandbox/painter/random'
import { blob, leaf, line, oval, part, type Part, type Subject } from '@/sandbox/painter/subjects/pen'
import { looks, subjects } from '@/sandbox/painter/subjects/table'

const foliage = (random: Random, [x, y]: [number, number], [rx, ry]: [number, number]): string => {
  const values = Array.from({ length: 9 }, (_, at) => {
    const angle = (at / 9) * Math.PI * 2
    const far = random.range(0.86, 1.12)
    return [x + Math.cos(angle) * rx * far, y + Math.sin(angle) * ry * far]
  }).flat()
  return blob(...values)
}

const tree: Subject = {
  ...looks('ground 0.72 #4f8a57 #35683f #86b46a #e6a23f #5a3d2a #33221a'),
  parts: (random) => [
    part('dark', 'M45 100C47 82 47 66 45 50L50 50L56 48C54 66 54 84 57 100Z'),
    line('dark', 2.6, 'M48 62C40 54 34 50 28 48M52 58C60 50 66 48 72 44'),
    part('shade', foliage(random, [50, 38], [36, 26])),
    part('shade', foliage(random, [28, 46], [18, 14])),
    part('shade', foliage(random, [73, 44], [18, 15])),
    part('body', foliage(random, [46, 32], [29, 20])),
    part('body', foliage(random, [70, 38], [15, 12])),
    part('light', foliage(random, [40, 24], [17, 11])),
    part('light', foliage(random, [62, 30], [10, 7])),
    part(
      'accent',
      Array.from({ length: 12 }, () =>
        oval(random.range(22, 80), random.range(16, 54), random.range(0.8, 1.7)),
      ).join(''),
    ),
  ],
}

const pine: Subject = {
  ...looks('ground 0.8 #2d6a4b #1e4d38 #5c9468 #c8563a #69402b #2e1d15'),
  parts: (random) => {
    const trunk = 'M44 100C54 84 36 70 46 54C54 42 48 34 58 20L63 22C56 36 60 44 53 58C46 70 62 82 54 100Z'
    const pads = [
      [30, 50, 20],
      [70, 40, 22],
      [44, 30, 20],
      [66, 18, 20],
      [26, 68, 16],
      [76, 62, 17],
    ] as const
    return [
      line(
        'dark',
        3,
        'M46 58C38 56 34 54 28 54M52 48C60 48 66 46 72 44M50 36C46 36 44 34 42 33M46 72C36 74 32 72 26 71M52 68C62 68 68 66 76 65',
      ),
      part('dark', trunk),
      ...pads.flatMap(([x, y, width]) => {
        const wide = width * random.range(0.9, 1.1)
        return [
          part(
            'shade',
            blob(
              x - wide,
              y + 4,
              x - wide * 0.5,
              y - 7,
              x,
              y - 10,
              x + wide * 0.5,
              y - 7,
              x + wide,
              y + 4,
              x,
              y + 6,
            ),
          ),
          part(
            'body',
            blob(
              x - wide * 0.8,
              y,
              x - wide * 0.4,
              y - 8,
              x,
              y - 10,
              x + wide * 0.5,
              y - 7,
              x + wide * 0.8,
              y,
              x,
              y + 1,
            ),
          ),
          part('light', blob(x - wide * 0.5, y - 4, x - wide * 0.1, y - 9, x + wide * 0.4, y - 6, x, y - 4)),
        ]
      }),
    ]
  },
}

const bamboo: Subject = {
  ...looks('ground 1.15 #5c8f5a #3c6b45 #a6c77f #7fae5f #2c4f37 #1a3124'),
  parts: (random) =>
    [16, 40, 58, 84].flatMap((x, stalk): Part[] => {
      const width = random.range(2.6, 4.6) * (stalk % 2 ? 1.25 : 0.8)
      const lean = random.range(-4, 4)
      const segments = Array.from({ length: 7 }, (_, at) => {
        const [from, to] = [102 - at * 17, 102 - (at + 1) * 17 + 0.8]
        const [a, b] = [x + (lean * at) / 7, x + (lean * (at + 1)) / 7]
        return { from, to, a, b }
      })
      const leaves = segments.slice(1, 6).flatMap(({ to, b }, at) => {
        const side = at % 2 ? 1 : -1
        return Array.from({ length: 4 }, () =>
          leaf(
            b + side * random.range(2, 9),
            to + random.range(-3, 5),
            random.range(10, 19),
            (side > 0 ? 0.45 : Math.PI - 0.45) + random.range(-0.5, 0.6),
            random.range(1.6, 2.6),
          ),
        )
      })
      return [
        part(
          stalk % 2 ? 'body' : 'shade',
          segments
            .map(
              ({ from, to, a, b }) =>
                `M${a - width} ${from}L${b - width * 0.92} ${to}L${b + width * 0.92} ${to}L${a + width} ${from}Z`,
            )
            .join(''),
        ),
        part(
          'light',
          segments
            .map(
              ({ from, to, a, b }) =>
                `M${a - width * 0.6} ${from - 1}L${b - width * 0.55} ${to + 1}L${b - width * 0.2} ${to + 1}L${a - width * 0.2} ${from - 1}Z`,
            )
            .join(''),
        ),
        line('dark', 0.9, segments.map(({ to, b }) => `M${b - width} ${to}L${b + width} ${to}`).join('')),
        part(stalk % 2 ? 'dark' : 'shade', leaves.join('')),
      ]
    }),
}

/** A leaf of a palm: up and out, then bent down by its weight. */
const frond = ([x, y]: [number, number], angle: number, scale: number): string => {
  const [dx, dy] = [Math.cos(angle) * 40 * scale, Math.sin(angle) * 24 * scale]
  const [tipX, tipY] = [x + dx, y + dy + 14 * scale]
  return `M${x} ${y}Q${x + dx * 0.5} ${y + dy * 1.3 - 7 * scale} ${tipX} ${tipY}Q${x + dx * 0.55} ${y + dy * 0.9} ${x} ${y + 3}Z`
}

const palm: Subject = {
  ...looks('ground 0.72 small #3f8a58 #2a6547 #8cbd6b #b9823f #7b5536 #4d3322'),
  parts: (random) => {
    const fronds = [-2.75, -2.2, -1.75, -1.2, -0.7, -0.2, 0.3, 2.85].map(
      (angle) => angle + random.range(-0.1, 0.1),
    )
    return [
      part('dark', 'M40 100C46 80 50 56 54 30L58 31C57 58 54 82 50 100Z'),
      line('deep', 0.8, 'M42 94l8 2M44 84l8 2M47 74l7 1M49 64l6 1M51 54l6 1M53 44l5 1'),
      part('shade', fronds.map((angle) => frond([56, 30], angle, 1)).join('')),
      part(
        'body',
        fronds
          .slice(1, 6)
          .map((angle) => frond([56, 30], angle + 0.16, 0.86))
          .join(''),
      ),
      part(
        'light',
        fronds
          .slice(2, 5)
          .map((angle) => frond([56, 29], angle - 0.1, 0.6))
          .join(''),
      ),
      part('accent', `${oval(53, 34, 3)}${oval(59, 35, 3)}${oval(56, 37, 3)}`),
    ]
  },
}

export const PLANTS = {
  tree,
  pine,
  bamboo,
  palm,
  ...subjects({
    cactus: `ground 0.56 #4f8f63 #36704b #8dbb7d #ee6f86 #24503a #153024
      body M41 100V24a9 9 0 0 1 18 0V100ZM41 70H28a9 9 0 0 1 -9 -9V46a6 6 0 0 1 12 0v12h10Z
        M59 62h10V40a6 6 0 0 1 12 0v25a9 9 0 0 1 -9 9H59Z
      shade M52 16a9 9 0 0 1 7 8V100H52ZM59 68h13a7 7 0 0 0 7 -7V38a6 6 0 0 1 2 3v24a9 9 0 0 1 -9 9H59Z
      light 0.9 M46 24V98M24 46V60M74 42V62
      accent F50 16 9 -1.57F50 16 8 -0.7F50 16 8 -2.44
    `,
    mushroom: `ground 0.5 #d2453a #a52f2e #fff4e2 #f0c9a0 #8c6a50 #3a271f
      light M38 50C42 70 38 84 36 100H64C60 84 58 70 62 50Z
      accent M54 54C56 74 58 88 58 100H64C60 84 58 70 62 50Z
      body M6 54C8 22 34 8 50 8C66 8 92 22 94 54C70 62 30 62 6 54Z
      shade M62 10C80 18 93 34 94 54C86 57 78 58 70 59C78 42 74 22 62 10Z
      light O34 28 7 5.5O58 22 5 4O66 42 6.5 5O42 46 5 4O20 46 4.5 4
      dark M14 56 50 60.5 86 56 50 58Z
    `,
  }),
}
