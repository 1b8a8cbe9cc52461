import { blob, line, oval, part, points, type Part, type Subject } from '@/sandbox/painter/subjects/pen'
import { subjects } from '@/sandbox/painter/subjects/table'

const eyes = (y: number, from: number, to: number, size: number): Part[] =>
  [from, to].flatMap((x) => [
    part('deep', oval(x, y, size)),
    part('light', oval(x + size * 0.3, y - size * 0.35, size * 0.3)),
  ])

const fox: Subject = {
  colours: {
    body: '#df6f2b',
    shade: '#b94d1c',
    light: '#fdf1e0',
    accent: '#f59a4b',
    dark: '#3c2320',
    deep: '#18110f',
  },
  size: 0.74,
  stance: 'ground',
  parts: () => [
    part('shade', blob(66, 92, 82, 84, 94, 62, 97, 40, 90, 52, 80, 66, 66, 74)),
    part('light', blob(95, 50, 97, 38, 92, 33, 88, 46, 91, 54)),
    part('body', 'M27 100C25 78 31 60 40 52H62C72 60 79 80 76 100Z'),
    part('shade', 'M62 54C72 62 79 80 76 100H62C66 84 66 68 62 54Z'),
    part('light', points(50, 96, 36, 64, 43, 55, 50, 59, 58, 55, 64, 64)),
    part('dark', points(22, 4, 20, 34, 40, 24)),
    part('dark', points(78, 4, 80, 34, 60, 24)),
    part('accent', points(26, 14, 25, 32, 37, 25)),
    part('accent', points(74, 14, 75, 32, 63, 25)),
    part('body', points(50, 18, 66, 22, 82, 34, 80, 48, 62, 62, 50, 70, 38, 62, 20, 48, 18, 34, 34, 22)),
    part('accent', points(50, 18, 60, 26, 54, 46, 50, 52, 46, 46, 40, 26)),
    part('shade', points(82, 34, 80, 48, 66, 58, 66, 44)),
    part('light', points(20, 47, 40, 46, 48, 58, 50, 70, 38, 63)),
    part('light', points(80, 47, 60, 46, 52, 58, 50, 70, 62, 63)),
    part('deep', points(45, 63, 55, 63, 50, 70)),
    part('deep', points(32, 41, 43, 45, 38, 47)),
    part('deep', points(68, 41, 57, 45, 62, 47)),
  ],
}

const stripes = (x: number, y: number, width: number, [count, step]: [number, number]): string =>
  Array.from({ length: count }, (_, at) => {
    const top = y + at * step
    return `M${x} ${top - 1.6}q${width * 0.6} 0 ${width} ${2.6}q${-width * 0.5} .6 ${-width} ${0.8}Z`
  }).join('')

const tiger: Subject = {
  colours: {
    body: '#eba53c',
    shade: '#cf7d27',
    light: '#fbf0d8',
    accent: '#c4453a',
    dark: '#2a1a12',
    deep: '#17100c',
  },
  size: 0.78,
  stance: 'ground',
  parts: () => [
    line('shade', 7, 'M74 92C98 94 97 70 88 64C82 60 84 50 93 51'),
    line('dark', 2, 'M84 92l2 -7M93 86l-6 -4M96 77l-7 0M93 68l-6 3M86 59l5 -4'),
    part('body', 'M24 100C16 80 22 62 36 54H64C78 62 84 80 76 100Z'),
    part('light', oval(50, 82, 13, 17)),
    part('dark', stripes(23, 70, 13, [4, 7])),
    part('dark', stripes(77, 70, -13, [4, 7])),
    part('shade', 'M33 100V74q7 -7 14 0V100ZM53 100V74q7 -7 14 0V100Z'),
    part('dark', `${stripes(33, 80, 10, [3, 5])}${stripes(67, 80, -10, [3, 5])}`),
    part('light', `${oval(39, 98, 9, 3.6)}${oval(61, 98, 9, 3.6)}`),
    part('shade', `${oval(30, 17, 8)}${oval(70, 17, 8)}`),
    part('light', `${oval(30, 18, 4.4)}${oval(70, 18, 4.4)}`),
    part('body', blob(50, 9, 66, 12, 76, 24, 78, 40, 70, 55, 50, 62, 30, 55, 22, 40, 24, 24, 34, 12)),
    part('light', `${oval(41, 48, 11, 9)}${oval(59, 48, 11, 9)}${oval(50, 56, 8, 6)}`),
    part('dark', `${oval(50, 14, 7, 1.4)}${oval(50, 19, 5.4, 1.4)}${oval(50, 24, 4, 1.3)}`),
    part('dark', `${stripes(23, 32, 9, [3, 6])}${stripes(77, 32, -9, [3, 6])}`),
    part('light', `${oval(39, 35, 7)}${oval(61, 35, 7)}`),
    part('body', `${oval(40, 35.5, 4.6)}${oval(60, 35.5, 4.6)}`),
    ...eyes(35.5, 40.5, 59.5, 2.7),
    line('dark', 1.6, 'M31 28q7 -5 14 0M55 28q7 -5 14 0'),
    part('accent', 'M44 42q6 -3 12 0q-2 6 -6 7q-4 -1 -6 -7Z'),
    line('dark', 1.1, 'M50 48v5M38 54q7 6 12 -1q5 7 12 1'),
    line('dark', 0.6, 'M36 47L18 43M36 50L18 50M64 47L82 43M64 50L82 50'),
  ],
}

const cat: Subject = {
  colours: {
    body: '#4a4652',
    shade: '#34303c',
    light: '#f6eadc',
    accent: '#e9b949',
    dark: '#241f2b',
    deep: '#141118',
  },
  size: 0.66,
  stance: 'ground',
  parts: () => [
    line('shade', 6, 'M72 96C94 98 98 78 88 70C82 65 84 56 91 58'),
    part('body', 'M28 100C22 78 32 56 44 50H58C72 58 80 80 74 100Z'),
    part('shade', 'M60 52C74 62 80 82 74 100H62C66 84 66 68 60 52Z'),
    part('light', blob(50, 54, 58, 62, 55, 78, 50, 84, 45, 78, 42, 62)),
    part('body', points(27, 6, 26, 34, 46, 22)),
    part('body', points(73, 6, 74, 34, 54, 22)),
    part('accent', points(31, 15, 30, 28, 40, 22)),
    part('accent', points(69, 15, 70, 28, 60, 22)),
    part('body', blob(50, 18, 66, 22, 76, 36, 70, 52, 50, 58, 30, 52, 24, 36, 34, 22)),
    part('light', blob(50, 42, 59, 46, 57, 54, 50, 56, 43, 54, 41, 46)),
    part('accent', `${oval(38, 36, 5.6, 5)}${oval(62, 36, 5.6, 5)}`),
    part('deep', `${oval(38, 36, 1.8, 4.6)}${oval(62, 36, 1.8, 4.6)}`),
    part('accent', points(46.5, 44, 53.5, 44, 50, 48)),
    line('deep', 0.8, 'M50 48v2q-3 3 -6 1M50 50q3 3 6 1'),
    line('light', 0.5, 'M40 47L20 44M40 50L20 51M60 47L80 44M60 50L80 51'),
    part('shade', 'M37 100v-14q6 -6 12 0v14ZM53 100v-14q6 -6 12 0v14Z'),
  ],
}

const rabbit: Subject = {
  colours: {
    body: '#efe6da',
    shade: '#d3c3b2',
    light: '#fffaf2',
    accent: '#f0a8a4',
    dark: '#6d5446',
    deep: '#2a1f1c',
  },
  size: 0.6,
  stance: 'ground',
  parts: () => [
    part('light', oval(83, 84, 9, 8)),
    part('body', blob(52, 48, 74, 58, 84, 80, 76, 99, 40, 100, 26, 92, 28, 70, 38, 54)),
    part('shade', blob(62, 70, 78, 74, 82, 92, 66, 99, 54, 92, 54, 78)),
    part('body', blob(40, 30, 33, 12, 36, -2, 43, 4, 46, 26)),
    part('body', blob(52, 30, 56, 8, 64, -1, 67, 10, 60, 32)),
    part('accent', blob(40, 26, 36.5, 12, 39, 4, 42, 12, 43, 26)),
    part('accent', blob(55, 27, 59, 10, 64, 5, 63.5, 14, 58, 29)),
    part('body', blob(46, 24, 62, 30, 66, 44, 58, 56, 42, 57, 30, 48, 31, 34)),
    part('light', blob(38, 46, 46, 48, 46, 56, 36, 55, 32, 50)),
    ...eyes(40, 42, 42, 2.8),
    part('accent', points(31, 45, 35.5, 44, 33.5, 48)),
    part('accent', oval(48, 48, 3.4, 2.4)),
    part('light', oval(42, 96, 10, 4.4)),
  ],
}

const deer: Subject = {
  colours: {
    body: '#b9723f',
    shade: '#8f5229',
    light: '#f7e6cc',
    accent: '#d98f55',
    dark: '#4e2d1d',
    deep: '#1f130d',
  },
  size: 0.72,
  stance: 'ground',
  parts: () => [
    line(
      'dark',
      2.2,
      'M34 26C22 20 20 8 24 0M27 14C20 12 16 8 15 3M40 25C48 18 50 8 46 0M47 13C54 11 57 7 58 2',
    ),
    part('shade', 'M38 64h5l-1 36h-4ZM70 62h5l1 38h-4Z'),
    part('body', blob(40, 52, 58, 48, 78, 50, 84, 60, 78, 70, 56, 70, 42, 72, 36, 62)),
    part('body', 'M32 40L46 38C52 46 56 52 56 62L38 66C34 56 32 48 32 40Z'),
    part('body', 'M44 66h6l-1 34h-4ZM62 66h6l1 34h-4Z'),
    part('light', blob(82, 54, 88, 52, 87, 60, 83, 64)),
    part('light', 'M33 48C37 56 40 62 44 70C38 68 34 60 33 48Z'),
    part(
      'light',
      `${oval(58, 54, 1.6)}${oval(65, 53, 1.6)}${oval(72, 55, 1.6)}${oval(62, 59, 1.4)}${oval(69, 60, 1.4)}${oval(76, 60, 1.3)}`,
    ),
    part('accent', blob(46, 26, 58, 22, 60, 26, 50, 31)),
    part('body', blob(36, 22, 46, 24, 48, 36, 42, 44, 30, 46, 22, 42, 24, 36, 32, 32)),
    part('light', blob(22, 40, 32, 42, 30, 46, 23, 45)),
    part('deep', `${oval(38, 32, 1.9)}${oval(22.5, 40.5, 2.2, 1.7)}`),
    part('dark', 'M38 96h4v4h-4ZM45 96h4v4h-4ZM63 96h4v4h-4ZM72 96h4v4h-4Z'),
  ],
}

const bear: Subject = {
  colours: {
    body: '#6d4a36',
    shade: '#4f3426',
    light: '#d9b48c',
    accent: '#8c6246',
    dark: '#2e1e17',
    deep: '#140d0a',
  },
  size: 0.74,
  stance: 'ground',
  parts: () => [
    part('body', 'M18 100C14 74 26 54 42 50H58C74 54 86 74 82 100Z'),
    part('light', oval(50, 82, 17, 19)),
    part(
      'shade',
      'M18 100C14 80 22 64 30 60C28 76 30 90 34 100ZM82 100C86 80 78 64 70 60C72 76 70 90 66 100Z',
    ),
    part('body', `${oval(28, 17, 9)}${oval(72, 17, 9)}`),
    part('light', `${oval(28, 18, 5)}${oval(72, 18, 5)}`),
    part('body', blob(50, 8, 68, 13, 78, 32, 72, 50, 50, 58, 28, 50, 22, 32, 32, 13)),
    part('light', oval(50, 44, 14, 11)),
    ...eyes(32, 38, 62, 2.8),
    part('deep', oval(50, 39, 5, 3.6)),
    line('deep', 1.1, 'M50 42v5q-4 5 -8 2M50 47q4 5 8 2'),
  ],
}

const dog: Subject = {
  colours: {
    body: '#d9a25f',
    shade: '#b67c3f',
    light: '#fff4e2',
    accent: '#e58f6e',
    dark: '#7a4b28',
    deep: '#1f1512',
  },
  size: 0.66,
  stance: 'ground',
  parts: () => [
    line('body', 7, 'M72 84C90 82 94 66 84 58'),
    part('body', 'M26 100C22 76 32 58 44 52H58C72 58 80 78 76 100Z'),
    part('light', blob(50, 56, 60, 66, 56, 86, 50, 92, 44, 86, 40, 66)),
    part('body', blob(50, 14, 68, 20, 74, 36, 66, 52, 50, 58, 34, 52, 26, 36, 32, 20)),
    part('dark', blob(32, 18, 22, 22, 16, 40, 22, 50, 30, 40)),
    part('dark', blob(68, 18, 78, 22, 84, 40, 78, 50, 70, 40)),
    part('light', blob(50, 22, 56, 36, 64, 46, 56, 56, 44, 56, 36, 46, 44, 36)),
    ...eyes(36, 39, 61, 2.7),
    part('deep', oval(50, 43, 4.6, 3.4)),
    line('deep', 1, 'M50 46v3q-4 4 -8 1M50 49q4 4 8 1'),
    part('accent', 'M46.5 52q3.5 1.5 7 0q0 7 -3.5 7q-3.5 0 -3.5 -7Z'),
    part('shade', 'M36 100v-16q6 -5 12 0v16ZM53 100v-16q6 -5 12 0v16Z'),
  ],
}

const asleep = subjects({
  sleepingFox: `ground 0.66 #df6f2b #b94d1c #fdf1e0 #f59a4b #3c2320 #18110f
    body M10 82C8 54 30 38 56 40C82 42 100 58 98 80C97 94 84 100 66 100H32C18 100 11 94 10 82Z
    accent M38 46C60 38 84 48 92 66C80 54 60 50 44 56Z
    shade M66 100C50 92 46 76 54 64C70 60 88 68 90 84C88 94 80 100 66 100Z
    accent M98 72C104 92 86 106 58 104H34C22 104 18 92 28 88C46 94 70 92 82 80C88 75 92 70 98 72Z
    light M46 104.3H34C20 104 16 91 28 87.500C34 91 41 92.5 49 92C44 96 44 100 46 104.300Z
    dark M10 42L6 62L22 56ZM46 40L52 60L36 55Z
    accent M11.5 49L10.5 60L18 57ZM45 47L47.5 58L40 55.500Z
    body M30 52L42 54L56 64L52 78L40 88L30 96L18 88L6 78L4 64L18 54Z
    accent M30 52L37 58L33 78H27L23 58Z
    light M4 68L18 72L26 80L30 96L18 88L6 78ZM56 68L42 72L34 80L30 96L40 88L52 78Z
    deep M26 88.500L34 88.500L30 95Z
    deep 1.7 M11 70Q16.5 76 22 71.500M38 71.500Q43.5 76 49 70
  `,
})

export const ANIMALS = { ...asleep, fox, tiger, cat, rabbit, deer, bear, dog }
