import { line, oval, part, rect, type Subject } from '@/sandbox/painter/subjects/pen'

const windows = (x: number, y: number, columns: number, rows: number): string =>
  Array.from({ length: columns * rows }, (_, at) =>
    rect(x + (at % columns) * 7, y + Math.floor(at / columns) * 9, 4, 5),
  ).join('')

const hanok: Subject = {
  colours: {
    body: '#f0dcb8',
    shade: '#55606f',
    light: '#ffd489',
    accent: '#8c4a35',
    dark: '#39434f',
    deep: '#20262e',
  },
  size: 0.5,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part('shade', rect(8, 92, 84, 8)),
    part('body', rect(15, 58, 70, 35)),
    part('light', `${rect(22, 66, 14, 22)}${rect(43, 66, 14, 22)}${rect(64, 66, 14, 22)}`),
    line('accent', 0.8, 'M29 66v22M50 66v22M71 66v22M22 73h14M22 80h14M43 73h14M43 80h14M64 73h14M64 80h14'),
    part(
      'accent',
      `${rect(15, 58, 3.5, 35)}${rect(38, 58, 3, 35)}${rect(59, 58, 3, 35)}${rect(81.5, 58, 3.5, 35)}`,
    ),
    part(
      'dark',
      'M-6 52C8 52 18 44 26 30C40 33 60 33 74 30C82 44 92 52 106 52C103 57 100 60 96 61C70 56 30 56 4 61C0 60 -3 57 -6 52Z',
    ),
    line(
      'shade',
      1.1,
      Array.from({ length: 15 }, (_, at) => `M${27 + at * 3.3} 32L${4 + at * 6.57} 58`).join(''),
    ),
    line('deep', 2.6, 'M22 30C40 34 60 34 78 30'),
  ],
}

const house: Subject = {
  colours: {
    body: '#f1e3cf',
    shade: '#d2bda4',
    light: '#ffd98c',
    accent: '#c85a43',
    dark: '#6a4232',
    deep: '#33231c',
  },
  size: 0.4,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part('dark', rect(66, 20, 9, 22)),
    part('body', rect(16, 52, 68, 48)),
    part('shade', rect(60, 52, 24, 48)),
    part('accent', 'M6 55L50 18L94 55Z'),
    part('dark', 'M50 18L94 55H84L46 21Z'),
    part('light', `${rect(25, 62, 14, 14)}${rect(64, 62, 13, 14)}`),
    line('dark', 1, 'M32 62v14M25 69h14M70.500 62v14M64 69h13'),
    part('dark', rect(44, 70, 13, 30)),
    part('light', oval(54, 86, 1.2)),
  ],
}

const lighthouse: Subject = {
  colours: {
    body: '#f8f2e6',
    shade: '#d3cbbf',
    light: '#ffe9a3',
    accent: '#d4402f',
    dark: '#39404c',
    deep: '#1d222a',
  },
  size: 0.68,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part('body', 'M40 26H60L66 100H34Z'),
    part('accent', 'M39 38H61L62 50H38ZM37 62H63L64 74H36ZM35.500 86H64.500L66 98H34Z'),
    part('shade', 'M54 26H60L66 100H56Z'),
    part('dark', rect(36, 23, 28, 3.5)),
    part('light', rect(42, 10, 16, 13)),
    line('dark', 1, 'M47 10v13M53 10v13'),
    part('accent', 'M39 10L50 1L61 10Z'),
  ],
}

const tower: Subject = {
  colours: {
    body: '#8c93a8',
    shade: '#666d85',
    light: '#ffdf9a',
    accent: '#d8604a',
    dark: '#3c4258',
    deep: '#222638',
  },
  size: 0.76,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    line('dark', 1.4, 'M50 -6V14'),
    part('accent', oval(50, -6, 1.5)),
    part('body', 'M38 30H62V100H38Z'),
    part('shade', rect(52, 30, 10, 70)),
    part('body', 'M42 14H58V30H42Z'),
    part('dark', 'M34 28H66V33H34Z'),
    part('light', windows(41, 38, 3, 6)),
  ],
}

const windmill: Subject = {
  colours: {
    body: '#f0e6d4',
    shade: '#cdbda4',
    light: '#ffd98c',
    accent: '#b9503c',
    dark: '#5b4234',
    deep: '#33231c',
  },
  size: 0.66,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part('body', 'M37 44H63L70 100H30Z'),
    part('shade', 'M53 44H63L70 100H56Z'),
    part('accent', 'M34 46C36 32 44 27 50 27C56 27 64 32 66 46Z'),
    part('dark', 'M45 100V86a5 5 0 0 1 10 0V100Z'),
    part('light', rect(46.5, 62, 7, 8)),
    ...[0.5, 2.07, 3.64, 5.21].flatMap((angle) => sail(angle)),
    part('deep', oval(50, 40, 2.6)),
  ],
}

/** A spar with its cloth on one side. */
const sail = (angle: number) => {
  const at = (along: number, across: number) =>
    `${50 + Math.cos(angle) * along - Math.sin(angle) * across} ${40 + Math.sin(angle) * along + Math.cos(angle) * across}`
  return [
    part('light', `M${at(9, 1)}L${at(9, 9)}L${at(43, 10)}L${at(43, 1)}Z`),
    line(
      'dark',
      0.6,
      `M${at(9, 9)}L${at(43, 10)}M${at(20, 0)}L${at(20, 9.5)}M${at(31, 0)}L${at(31, 9.8)}M${at(43, 0)}L${at(43, 10)}`,
    ),
    line('dark', 1.5, `M${at(0, 0)}L${at(44, 0)}`),
  ]
}

const tent: Subject = {
  colours: {
    body: '#e39a4c',
    shade: '#b86d36',
    light: '#ffe6ab',
    accent: '#f7c877',
    dark: '#5a3a28',
    deep: '#2f2019',
  },
  size: 0.32,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    line('dark', 0.8, 'M42 34L-4 98M58 30L108 96'),
    part('shade', 'M42 32L58 28L104 96L88 100Z'),
    part('body', 'M42 32L4 100H88Z'),
    part('light', 'M42 44L30 100H58Z'),
    part('accent', 'M42 44L30 100H22ZM42 44L58 100H66Z'),
    part('deep', `${oval(44, 92, 2.4, 4)}${rect(41, 94, 6, 6)}`),
    line('dark', 1.4, 'M42 32L58 28M42 24V34'),
  ],
}

const bridge: Subject = {
  colours: {
    body: '#b9ad9b',
    shade: '#8b8071',
    light: '#d9cfbd',
    accent: '#a0543f',
    dark: '#5d554b',
    deep: '#393530',
  },
  size: 0.74,
  stance: 'water',
  isSmall: true,
  parts: () => [
    part(
      'body',
      'M-14 100V80C18 66 34 58 50 58C66 58 82 66 114 80V100H86C84 82 70 72 50 72C30 72 16 82 14 100Z',
    ),
    part('shade', 'M14 100C16 82 30 72 50 72C70 72 84 82 86 100H81C78 86 68 77 50 77C32 77 22 86 19 100Z'),
    line('light', 1.6, 'M-14 79C18 65 34 57 50 57C66 57 82 65 114 79'),
    line('accent', 1.4, 'M-14 68C18 54 34 46 50 46C66 46 82 54 114 68'),
    line('accent', 1.2, 'M-6 66V77M12 59V70M30 51V62M50 46V58M70 51V62M88 59V70M106 66V77'),
    line('dark', 0.5, 'M2 82v16M-8 90h20M98 82v16M88 90h20M26 66l4 9M74 66l-4 9M50 60v12'),
  ],
}

export const BUILDINGS = { hanok, house, lighthouse, tower, windmill, tent, bridge }
