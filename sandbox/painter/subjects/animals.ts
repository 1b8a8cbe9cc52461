import { subjects } from '@/sandbox/painter/subjects/table'

const eyes = (y: number, from: number, to: number, size: number): string => {
  const [up, over] = [y - size * 0.35, size * 0.3]
  return `deep O${from} ${y} ${size}O${to} ${y} ${size}
      light O${from + over} ${up} ${over}O${to + over} ${up} ${over}`
}

const stripes = (x: number, y: number, width: number, [count, step]: [number, number]): string =>
  Array.from({ length: count }, (_, at) => {
    const top = y + at * step
    return `M${x} ${top - 1.6}q${width * 0.6} 0 ${width} ${2.6}q${-width * 0.5} .6 ${-width} ${0.8}Z`
  }).join('')

export const ANIMALS = subjects({
  sleepingFox: `ground 0.66 #df6f2b #b94d1c #fdf1e0 #f59a4b #3c2320 #18110f
    body M10 82C8 54 30 38 56 40C82 42 100 58 98 80C97 94 84 100 66 100H32C18 100 11 94 10 82Z
    accent M38 46C60 38 84 48 92 66C80 54 60 50 44 56Z
    shade M66 100C50 92 46 76 54 64C70 60 88 68 90 84C88 94 80 100 66 100Z
    accent M98 72C104 92 86 106 58 104H34C22 104 18 92 28 88C46 94 70 92 82 80C88 75 92 70 98 72Z
    light M46 104.3H34C20 104 16 91 28 87.5C34 91 41 92.5 49 92C44 96 44 100 46 104.3Z
    dark M10 42L6 62L22 56ZM46 40L52 60L36 55Z
    accent M11.5 49L10.5 60L18 57ZM45 47L47.5 58L40 55.5Z
    body M30 52L42 54L56 64L52 78L40 88L30 96L18 88L6 78L4 64L18 54Z
    accent M30 52L37 58L33 78H27L23 58Z
    light M4 68L18 72L26 80L30 96L18 88L6 78ZM56 68L42 72L34 80L30 96L40 88L52 78Z
    deep M26 88.5L34 88.5L30 95Z
    deep 1.7 M11 70Q16.5 76 22 71.5M38 71.5Q43.5 76 49 70
  `,
  fox: `ground 0.74 #df6f2b #b94d1c #fdf1e0 #f59a4b #3c2320 #18110f
    shade B66 92 82 84 94 62 97 40 90 52 80 66 66 74
    light B95 50 97 38 92 33 88 46 91 54
    body M27 100C25 78 31 60 40 52H62C72 60 79 80 76 100Z
    shade M62 54C72 62 79 80 76 100H62C66 84 66 68 62 54Z
    light M50 96 36 64 43 55 50 59 58 55 64 64Z
    dark M22 4 20 34 40 24Z
    dark M78 4 80 34 60 24Z
    accent M26 14 25 32 37 25Z
    accent M74 14 75 32 63 25Z
    body M50 18 66 22 82 34 80 48 62 62 50 70 38 62 20 48 18 34 34 22Z
    accent M50 18 60 26 54 46 50 52 46 46 40 26Z
    shade M82 34 80 48 66 58 66 44Z
    light M20 47 40 46 48 58 50 70 38 63Z
    light M80 47 60 46 52 58 50 70 62 63Z
    deep M45 63 55 63 50 70Z
    deep M32 41 43 45 38 47Z
    deep M68 41 57 45 62 47Z
  `,
  tiger: `ground 0.78 #eba53c #cf7d27 #fbf0d8 #c4453a #2a1a12 #17100c
    shade 7 M74 92C98 94 97 70 88 64C82 60 84 50 93 51
    dark 2 M84 92l2 -7M93 86l-6 -4M96 77l-7 0M93 68l-6 3M86 59l5 -4
    body M24 100C16 80 22 62 36 54H64C78 62 84 80 76 100Z
    light O50 82 13 17
    dark ${stripes(23, 70, 13, [4, 7])}
    dark ${stripes(77, 70, -13, [4, 7])}
    shade M33 100V74q7 -7 14 0V100ZM53 100V74q7 -7 14 0V100Z
    dark ${stripes(33, 80, 10, [3, 5])}${stripes(67, 80, -10, [3, 5])}
    light O39 98 9 3.6O61 98 9 3.6
    shade O30 17 8O70 17 8
    light O30 18 4.4O70 18 4.4
    body B50 9 66 12 76 24 78 40 70 55 50 62 30 55 22 40 24 24 34 12
    light O41 48 11 9O59 48 11 9O50 56 8 6
    dark O50 14 7 1.4O50 19 5.4 1.4O50 24 4 1.3
    dark ${stripes(23, 32, 9, [3, 6])}${stripes(77, 32, -9, [3, 6])}
    light O39 35 7O61 35 7
    body O40 35.5 4.6O60 35.5 4.6
    ${eyes(35.5, 40.5, 59.5, 2.7)}
    dark 1.6 M31 28q7 -5 14 0M55 28q7 -5 14 0
    accent M44 42q6 -3 12 0q-2 6 -6 7q-4 -1 -6 -7Z
    dark 1.1 M50 48v5M38 54q7 6 12 -1q5 7 12 1
    dark 0.6 M36 47L18 43M36 50L18 50M64 47L82 43M64 50L82 50
  `,
  cat: `ground 0.66 #4a4652 #34303c #f6eadc #e9b949 #241f2b #141118
    shade 6 M72 96C94 98 98 78 88 70C82 65 84 56 91 58
    body M28 100C22 78 32 56 44 50H58C72 58 80 80 74 100Z
    shade M60 52C74 62 80 82 74 100H62C66 84 66 68 60 52Z
    light B50 54 58 62 55 78 50 84 45 78 42 62
    body M27 6 26 34 46 22Z
    body M73 6 74 34 54 22Z
    accent M31 15 30 28 40 22Z
    accent M69 15 70 28 60 22Z
    body B50 18 66 22 76 36 70 52 50 58 30 52 24 36 34 22
    light B50 42 59 46 57 54 50 56 43 54 41 46
    accent O38 36 5.6 5O62 36 5.6 5
    deep O38 36 1.8 4.6O62 36 1.8 4.6
    accent M46.5 44 53.5 44 50 48Z
    deep 0.8 M50 48v2q-3 3 -6 1M50 50q3 3 6 1
    light 0.5 M40 47L20 44M40 50L20 51M60 47L80 44M60 50L80 51
    shade M37 100v-14q6 -6 12 0v14ZM53 100v-14q6 -6 12 0v14Z
  `,
  rabbit: `ground 0.6 #efe6da #d3c3b2 #fffaf2 #f0a8a4 #6d5446 #2a1f1c
    light O83 84 9 8
    body B52 48 74 58 84 80 76 99 40 100 26 92 28 70 38 54
    shade B62 70 78 74 82 92 66 99 54 92 54 78
    body B40 30 33 12 36 -2 43 4 46 26
    body B52 30 56 8 64 -1 67 10 60 32
    accent B40 26 36.5 12 39 4 42 12 43 26
    accent B55 27 59 10 64 5 63.5 14 58 29
    body B46 24 62 30 66 44 58 56 42 57 30 48 31 34
    light B38 46 46 48 46 56 36 55 32 50
    ${eyes(40, 42, 42, 2.8)}
    accent M31 45 35.5 44 33.5 48Z
    accent O48 48 3.4 2.4
    light O42 96 10 4.4
  `,
  deer: `ground 0.72 #b9723f #8f5229 #f7e6cc #d98f55 #4e2d1d #1f130d
    dark 2.2 M34 26C22 20 20 8 24 0M27 14C20 12 16 8 15 3M40 25C48 18 50 8 46 0M47 13C54 11 57 7 58 2
    shade M38 64h5l-1 36h-4ZM70 62h5l1 38h-4Z
    body B40 52 58 48 78 50 84 60 78 70 56 70 42 72 36 62
    body M32 40L46 38C52 46 56 52 56 62L38 66C34 56 32 48 32 40Z
    body M44 66h6l-1 34h-4ZM62 66h6l1 34h-4Z
    light B82 54 88 52 87 60 83 64
    light M33 48C37 56 40 62 44 70C38 68 34 60 33 48Z
    light O58 54 1.6O65 53 1.6O72 55 1.6O62 59 1.4O69 60 1.4O76 60 1.3
    accent B46 26 58 22 60 26 50 31
    body B36 22 46 24 48 36 42 44 30 46 22 42 24 36 32 32
    light B22 40 32 42 30 46 23 45
    deep O38 32 1.9O22.5 40.5 2.2 1.7
    dark M38 96h4v4h-4ZM45 96h4v4h-4ZM63 96h4v4h-4ZM72 96h4v4h-4Z
  `,
  bear: `ground 0.74 #6d4a36 #4f3426 #d9b48c #8c6246 #2e1e17 #140d0a
    body M18 100C14 74 26 54 42 50H58C74 54 86 74 82 100Z
    light O50 82 17 19
    shade M18 100C14 80 22 64 30 60C28 76 30 90 34 100ZM82 100C86 80 78 64 70 60C72 76 70 90 66 100Z
    body O28 17 9O72 17 9
    light O28 18 5O72 18 5
    body B50 8 68 13 78 32 72 50 50 58 28 50 22 32 32 13
    light O50 44 14 11
    ${eyes(32, 38, 62, 2.8)}
    deep O50 39 5 3.6
    deep 1.1 M50 42v5q-4 5 -8 2M50 47q4 5 8 2
  `,
  dog: `ground 0.66 #d9a25f #b67c3f #fff4e2 #e58f6e #7a4b28 #1f1512
    body 7 M72 84C90 82 94 66 84 58
    body M26 100C22 76 32 58 44 52H58C72 58 80 78 76 100Z
    light B50 56 60 66 56 86 50 92 44 86 40 66
    body B50 14 68 20 74 36 66 52 50 58 34 52 26 36 32 20
    dark B32 18 22 22 16 40 22 50 30 40
    dark B68 18 78 22 84 40 78 50 70 40
    light B50 22 56 36 64 46 56 56 44 56 36 46 44 36
    ${eyes(36, 39, 61, 2.7)}
    deep O50 43 4.6 3.4
    deep 1 M50 46v3q-4 4 -8 1M50 49q4 4 8 1
    accent M46.5 52q3.5 1.5 7 0q0 7 -3.5 7q-3.5 0 -3.5 -7Z
    shade M36 100v-16q6 -5 12 0v16ZM53 100v-16q6 -5 12 0v16Z
  `,
})
