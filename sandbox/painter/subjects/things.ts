import { leaf, line, oval, part, type Part, type Subject } from '@/sandbox/painter/subjects/pen'
import { drawn, looks, subjects } from '@/sandbox/painter/subjects/table'

const moonJar: Subject = {
  ...looks('table 0.78 #f1ece2 #d3cabd #fffdf8 #eeb3b4 #4a3730 #2a1f1c'),
  parts: (random) => {
    const tips = [
      [62, -12],
      [40, -6],
      [74, 6],
      [30, 10],
      [56, 8],
    ] as const
    const blossoms = tips.flatMap(([x, y]): Part[] => {
      const [cx, cy] = [x + random.range(-2, 2), y + random.range(-2, 2)]
      const petals = Array.from({ length: 5 }, (_, at) =>
        oval(cx + Math.cos(at * 1.257) * 2.4, cy + Math.sin(at * 1.257) * 2.4, 2.2),
      )
      return [part('accent', petals.join('')), part('dark', oval(cx, cy, 0.8))]
    })
    return [
      line(
        'dark',
        1.8,
        'M50 36C48 20 54 8 62 -12M51 22C44 12 42 4 40 -6M54 10C64 10 70 8 74 6M48 28C40 20 34 16 30 10M56 8l2 -2',
      ),
      ...blossoms,
      ...drawn(`
        shade M38 34h24v6H38Z
        body M37 33h26v4C82 42 92 56 90 72C88 86 76 96 64 98H36C24 96 12 86 10 72C8 56 18 42 37 37Z
        shade M63 37C82 42 92 56 90 72C88 86 76 96 64 98H48C68 92 80 80 80 66C80 54 74 44 63 37Z
        light B24 54 34 46 40 52 30 66 22 70
        deep O50 33.6 12.4 1.6
      `),
    ]
  },
}

const segments = (x: number, y: number, radius: number): string =>
  Array.from({ length: 9 }, (_, at) =>
    leaf(
      x + Math.cos(at * 0.698) * radius * 0.12,
      y + Math.sin(at * 0.698) * radius * 0.12,
      radius * 0.84,
      at * 0.698,
      radius * 0.29,
    ),
  ).join('')

const bowl: Subject = {
  ...looks('table 0.62 #c42f35 #8f1f2a #fff3dd #f0a340 #3b2018 #1f130f'),
  parts: (random) => [
    line('dark', 2, 'M4 14L66 42M8 6L70 40'),
    part('shade', 'M34 92h32l-4 7H38Z'),
    part('body', 'M6 48C8 74 24 94 50 94C76 94 92 74 94 48Z'),
    part('shade', 'M70 48H94C92 74 76 94 50 94C66 88 74 70 70 48Z'),
    line('accent', 1.6, 'M14 66h6v6h-6v-3M30 74h6v6h-6v-3M48 77h6v6h-6v-3M66 74h6v6h-6v-3M80 66h6v6h-6v-3'),
    part('light', oval(50, 48, 44, 12)),
    part('accent', oval(50, 48.6, 40, 10)),
    line(
      'light',
      1.3,
      Array.from(
        { length: 16 },
        () => `M${random.range(16, 40)} ${random.range(44, 54)}q8 ${random.range(-4, 4)} 16 0t16 0`,
      ).join(''),
    ),
    part('light', oval(36, 45, 9, 5)),
    part('accent', oval(36, 45, 4, 2.6)),
    part('dark', 'M66 30L76 28L80 48L70 50Z'),
    line('light', 1.2, 'M40 32C36 24 44 20 40 10M54 32C50 22 58 18 54 6'),
  ],
}

/** Its mouth is 40 wide at the top of the box: flowers may stand in it. */
export const THINGS = {
  moonJar,
  bowl,
  ...subjects({
    persimmon: `table 0.4 #ea7a24 #c2531a #ffc27a #f49a3e #6d7040 #4a3b22
      body B50 24 74 26 92 44 92 70 74 94 50 98 26 94 8 70 8 44 26 26
      shade B92 50 92 72 74 94 50 98 34 96 62 90 82 72
      accent B24 40 40 34 46 46 30 66 18 64
      light B24 46 32 41 35 46 27 57 21 56
      dark F50 30 26 0.3 9F50 30 26 2.8 9F50 30 20 -0.9 8F50 30 20 4 8F50 30 20 1.57 8
      deep R47.5 16 5 13
    `,
    citrus: `table 0.44 #f39a24 #d8741a #fff1cf #ffb53d #4d8a4a #2f5a34
      body O50 52 46
      light O50 52 41
      accent ${segments(50, 52, 44)}
      shade ${Array.from({ length: 9 }, (_, at) => oval(50 + Math.cos(at * 0.698) * 25, 52 + Math.sin(at * 0.698) * 25, 1.4, 2)).join('')}
      light O50 52 4.5
    `,
    bottle: `table 0.72 #e8b9a0 #c98f78 #fff6ec #f6f1e8 #5e4a42 #332824
      accent M40 6h20v18H40Z
      light M42 6h4v18h-4Z
      shade M42 24h16v6H42Z
      body M42 30h16C68 32 72 38 72 46V92q0 6 -6 6H34q-6 0 -6 -6V46C28 38 32 32 42 30Z
      shade M58 30C68 32 72 38 72 46V92q0 6 -6 6H60q4 -2 4 -8V46C64 38 62 33 58 30Z
      light M33 44q0 -4 3 -5V90q-3 0 -3 -4Z
      accent R38 54 26 28
      dark 1.2 M44 62h14M46 66h10M48 76h6
    `,
    coffee: `table 0.52 #f6f1e7 #d6ccbd #ffffff #7a4a2c #4b2c1b #2b1a12
      shade O48 92 46 7
      body O48 90.5 45 6
      body 5 M76 56C92 52 94 74 74 76
      body M16 46C16 70 26 88 38 90H58C70 88 80 70 80 46Z
      shade M62 46H80C80 70 70 88 58 90H46C58 84 64 66 62 46Z
      light O48 46 32 8
      accent O48 46.6 28.5 6
      light B48 50 42 47 41 44.4 48 45 55 44.4 54 47
      light 1.4 M38 34C34 26 42 22 38 12M50 34C46 24 54 20 50 8M62 34C58 26 66 22 62 14
    `,
    vase: `table 0.36 small #7fa6a6 #56807f #d3e4df #f0e6d2 #35504f #22302f
      body M38 4H62C61 14 60 20 62 26C78 36 86 52 82 70C79 84 72 94 66 99H34C28 94 21 84 18 70C14 52 22 36 38 26
        C40 20 39 14 38 4Z
      shade M58 4H62C61 14 60 20 62 26C78 36 86 52 82 70C79 84 72 94 66 99H50C64 92 74 80 74 64C74 48 66 36 56 28Z
      light B27 50 34 42 38 48 31 62 27 76 23 66
      accent 1 M40 21H60M19 60C36 66 64 66 82 60
      deep O50 4 12 2
    `,
    lantern: `air 0.36 #e2452f #b32a28 #ffd98a #f7a04a #3a2a22 #221712
      dark 1 M50 -8V14
      shade B50 16 74 22 84 44 74 66 50 72 26 66 16 44 26 22
      body B50 16 70 22 79 44 70 66 50 72 30 66 18 44 28 22
      accent B50 17 62 24 66 44 62 64 50 71 38 64 34 44 38 24
      light B50 26 57 34 58 46 50 60 42 46 43 34
      dark 0.5 M50 16C40 28 40 60 50 72M50 16C60 28 60 60 50 72M50 16C24 26 24 62 50 72M50 16C76 26 76 62 50 72
      dark R40 12 20 5R41 70 18 4
      body 1 M46 74V92M50 74V97M54 74V92
    `,
    book: `table 0.5 #f6eddb #d8c9ae #fffaf0 #a8442f #7b6a55 #3a2f26
      accent M0 92L14 62H86L100 92L52 96H48Z
      shade M3 89L16 60C28 56 42 58 50 64V94C36 88 18 86 3 89ZM97 89L84 60C72 56 58 58 50 64V94C64 88 82 86 97 89Z
      body M5 86L17 58C28 54 42 56 50 62V91C36 85 20 83 5 86Z
      light M95 86L83 58C72 54 58 56 50 62V91C64 85 80 83 95 86Z
      dark 0.7 M19 64C28 61 38 62 46 66M17 69C27 66 37 67 46 71M15 74C26 71 36 72 46 76M81 64C72 61 62 62 54 66
        M83 69C73 66 63 67 54 71M85 74C74 71 64 72 54 76
      accent 1.4 M50 62C52 74 54 88 58 99
    `,
  }),
}
