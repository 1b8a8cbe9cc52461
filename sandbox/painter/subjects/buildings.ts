import { rect } from '@/sandbox/painter/subjects/pen'
import { subjects } from '@/sandbox/painter/subjects/table'

const windows = (x: number, y: number, columns: number, rows: number): string =>
  Array.from({ length: columns * rows }, (_, at) =>
    rect(x + (at % columns) * 7, y + Math.floor(at / columns) * 9, 4, 5),
  ).join('')

/** A spar with its cloth on one side. */
const sail = (angle: number): string => {
  const at = (along: number, across: number) =>
    `${50 + Math.cos(angle) * along - Math.sin(angle) * across} ${40 + Math.sin(angle) * along + Math.cos(angle) * across}`
  const bars = [20, 31, 43].map((along) => `M${at(along, 0)}L${at(along, 9 + along * 0.023)}`).join('')
  return `light M${at(9, 1)}L${at(9, 9)}L${at(43, 10)}L${at(43, 1)}Z
      dark 0.6 M${at(9, 9)}L${at(43, 10)}${bars}
      dark 1.5 M${at(0, 0)}L${at(44, 0)}
`
}

export const BUILDINGS = subjects({
  hanok: `ground 0.5 small #f0dcb8 #55606f #ffd489 #8c4a35 #39434f #20262e
    shade R8 92 84 8
    body R15 58 70 35
    light R22 66 14 22R43 66 14 22R64 66 14 22
    accent 0.8 M29 66v22M50 66v22M71 66v22M22 73h14M22 80h14M43 73h14M43 80h14M64 73h14M64 80h14
    accent R15 58 3.5 35R38 58 3 35R59 58 3 35R81.5 58 3.5 35
    dark M-6 52C8 52 18 44 26 30C40 33 60 33 74 30C82 44 92 52 106 52C103 57 100 60 96 61C70 56 30 56 4 61
      C0 60 -3 57 -6 52Z
    shade 1.1 ${Array.from({ length: 15 }, (_, at) => `M${27 + at * 3.3} 32L${4 + at * 6.57} 58`).join('')}
    deep 2.6 M22 30C40 34 60 34 78 30
  `,
  house: `ground 0.4 small #f1e3cf #d2bda4 #ffd98c #c85a43 #6a4232 #33231c
    dark R66 20 9 22
    body R16 52 68 48
    shade R60 52 24 48
    accent M6 55L50 18L94 55Z
    dark M50 18L94 55H84L46 21Z
    light R25 62 14 14R64 62 13 14
    dark 1 M32 62v14M25 69h14M70.5 62v14M64 69h13
    dark R44 70 13 30
    light O54 86 1.2
  `,
  lighthouse: `ground 0.68 small #f8f2e6 #d3cbbf #ffe9a3 #d4402f #39404c #1d222a
    body M40 26H60L66 100H34Z
    accent M39 38H61L62 50H38ZM37 62H63L64 74H36ZM35.5 86H64.5L66 98H34Z
    shade M54 26H60L66 100H56Z
    dark R36 23 28 3.5
    light R42 10 16 13
    dark 1 M47 10v13M53 10v13
    accent M39 10L50 1L61 10Z
  `,
  tower: `ground 0.76 small #8c93a8 #666d85 #ffdf9a #d8604a #3c4258 #222638
    dark 1.4 M50 -6V14
    accent O50 -6 1.5
    body M38 30H62V100H38Z
    shade R52 30 10 70
    body M42 14H58V30H42Z
    dark M34 28H66V33H34Z
    light ${windows(41, 38, 3, 6)}
  `,
  tent: `ground 0.32 small #e39a4c #b86d36 #ffe6ab #f7c877 #5a3a28 #2f2019
    dark 0.8 M42 34L-4 98M58 30L108 96
    shade M42 32L58 28L104 96L88 100Z
    body M42 32L4 100H88Z
    light M42 44L30 100H58Z
    accent M42 44L30 100H22ZM42 44L58 100H66Z
    deep O44 92 2.4 4R41 94 6 6
    dark 1.4 M42 32L58 28M42 24V34
  `,
  bridge: `water 0.74 small #b9ad9b #8b8071 #d9cfbd #a0543f #5d554b #393530
    body M-14 100V80C18 66 34 58 50 58C66 58 82 66 114 80V100H86C84 82 70 72 50 72C30 72 16 82 14 100Z
    shade M14 100C16 82 30 72 50 72C70 72 84 82 86 100H81C78 86 68 77 50 77C32 77 22 86 19 100Z
    light 1.6 M-14 79C18 65 34 57 50 57C66 57 82 65 114 79
    accent 1.4 M-14 68C18 54 34 46 50 46C66 46 82 54 114 68
    accent 1.2 M-6 66V77M12 59V70M30 51V62M50 46V58M70 51V62M88 59V70M106 66V77
    dark 0.5 M2 82v16M-8 90h20M98 82v16M88 90h20M26 66l4 9M74 66l-4 9M50 60v12
  `,
  windmill: `ground 0.66 small #f0e6d4 #cdbda4 #ffd98c #b9503c #5b4234 #33231c
    body M37 44H63L70 100H30Z
    shade M53 44H63L70 100H56Z
    accent M34 46C36 32 44 27 50 27C56 27 64 32 66 46Z
    dark M45 100V86a5 5 0 0 1 10 0V100Z
    light R46.5 62 7 8
    ${[0.5, 2.07, 3.64, 5.21].map(sail).join('')}
    deep O50 40 2.6
  `,
})
