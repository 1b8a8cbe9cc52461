import { subjects } from '@/sandbox/painter/subjects/table'

/** A row of heads and shoulders across the image, every third with its arms up. */
const heads = (y: number, step: number, size: number): string =>
  Array.from({ length: Math.ceil(300 / step) }, (_, at) => {
    const x = -100 + at * step + ((at * 7) % 5) * step * 0.06
    const top = y + ((at * 5) % 7) * size * 0.16
    const foot = top + size
    const arm = `C${x - size * 2} ${foot - size} ${x - size * 1.7} ${top - size} ${x - size * 1.5} ${top - size * 2.6}`
    const raised = `M${x - size} ${foot + size}${arm}L${x - size * 0.9} ${top - size * 2.5}L${x - size * 0.4} ${foot}Z`
    const shoulders = `M${x - size * 2} 130V${foot + size}Q${x} ${top - size * 0.3} ${x + size * 2} ${foot + size}V130Z`
    return `O${x} ${top} ${size} ${size * 1.16}${shoulders}${at % 3 ? '' : raised}`
  }).join('')

/** Shoulders, neck and the oval of a face. */
const bust = `body M-2 106C0 88 16 82 36 77C42 90 60 90 66 77C86 82 102 88 104 106Z
    shade M66 77C86 82 102 88 104 106H70C76 96 74 86 66 77Z
    accent M41 58H61V76C62 82 57 86 51 87C45 86 40 82 41 76Z
    light M41 62C46 70 56 71 61 66V72C58 78 50 80 46 86C42 84 40 80 41 76Z
    light O30.5 44 3.5 5.5O71.5 44 3.5 5.5
    light M30 36C30 18 40 11 51 11C62 11 72 18 72 37C72 55 62 70 51 70C40 70 30 55 30 36Z
    accent M72 34C73 54 62 70 51 70C61 62 67 50 66 36Z`

const features = `dark 1.8 M35.5 37Q40 33.5 45 36M57 36Q62 33.5 66.5 37
    deep O41 43 2.5 2.9O61 43 2.5 2.9
    deep 1.3 M36 43.5Q41 38 46 42.5M56 42.5Q61 38 66 43.5
    light O41.9 42 0.8O61.9 42 0.8
    accent 1.5 M52 42C51 48 48.5 51 49 53Q51 54.5 53.5 53
    accent M43.5 58.8Q48 57.6 51 58.8Q54 57.6 58.5 58.8Q55 65.6 51 65.6Q47 65.6 43.5 58.8Z
    deep 0.9 M42.5 58.2Q51 63.6 59.5 58.2`

export const PEOPLE = subjects({
  portrait: `front 0.94 #3f7390 #2b546d #f4cba8 #d58a6c #3b2520 #1d1210
    dark M22 42C19 14 34 0 52 0C71 0 83 15 80 42C79 58 84 70 88 84H14C19 70 23 58 22 42Z
    ${bust}
    dark M27 44C23 16 38 3 52 3C70 3 80 18 75 44C73 34 70 27 61 21C52 28 42 30 35 31C30 34 29 38 27 44Z
    ${features}
    deep 1.3 M34 42.5L37 41.5M68 42.5L65 41.5
    shade 1.6 M36 77C42 90 60 90 66 77
    light 1.2 M40 7C48 4 58 5 64 10
  `,
  man: `front 0.94 #4c6152 #33473a #f0c39c #cb8160 #33241d #1a110d
    ${bust}
    dark M28 42C24 20 30 6 46 4C64 -1 80 10 74 42C72 34 71 29 68 25C58 27 46 25 38 20C34 26 30 32 28 42Z
    ${features}
    dark 2.6 M35 37Q40 34 45.5 36.5M56.5 36.5Q62 34 67 37
    shade M36 77L51 92L44 98L31 80ZM66 77L51 92L58 98L71 80Z
    accent 1 M51 93V106M36 77L51 92L66 77
  `,
  handPhone: `front 0.94 #e7b48e #c58862 #f7fafc #4f86e8 #262b36 #8f6bf0
    shade M24 106C22 92 12 78 14 60L40 40H76C84 50 84 66 80 78C77 88 76 96 77 106Z
    dark M36 4H66Q73 4 73 11V73Q73 80 66 80H36Q29 80 29 73V11Q29 4 36 4Z
    accent M37 7H65Q70 7 70 12V72Q70 77 65 77H37Q32 77 32 72V12Q32 7 37 7Z
    deep M32 50C44 40 56 58 70 44V72Q70 77 65 77H37Q32 77 32 72Z
    light O58 28 6
    light R37 56 7 7R47.5 56 7 7R58 56 7 7
    light 2 M40 18H50M40 23H47
    dark M44 7H58V9Q58 11 56 11H46Q44 11 44 9Z
    body M83 34C88 35 88 42 83 43L71 45.5C65 46 64 40 69 38.5Z
    body M85 44C90 45 90 52 85 53.5L71 56C65 56.5 64 50 69 48.8Z
    body M84 55C89 56 89 63 84 64L71 66.5C65 67 64 61 69 59.5Z
    body M82 65.5C86 67 86 73 81 74L71 76C66 76.5 65 71 69 70Z
    light M69.5 39.5L74 39L73.5 43.5L69.5 44ZM69.5 50L74 49.3L73.5 54L69.5 54.6ZM69.5 60.5L74 60L73.5 64.6L69.5 65Z
    body M14 62C14 50 22 42 32 38C42 33 50 35 48 41C46 46 38 49 36 58C35 70 38 84 52 90C64 94 74 92 77 106H24
      C22 92 13 78 14 62Z
    light B40 38 46 36.5 47 40 42 43 39 42
    shade 1 M36 60C36 72 40 84 52 90M20 66C20 60 24 54 30 50
    accent M18 98H82L84 112H16Z
    light 1.2 M18 101H82
  `,
  astronaut: `air 0.8 #eef1f6 #b4bfce #ffffff #e5683c #2a3c62 #141b2b
    shade M28 44Q28 38 34 38H66Q72 38 72 44V70Q72 75 67 75H33Q28 75 28 70Z
    body M38 44C30 48 18 44 10 30L18 24C24 36 32 38 42 40Z
    body M62 44C74 46 84 56 88 70L78 74C74 64 68 60 60 58Z
    body M34 68H50C51 80 47 88 43 95L30 91C34 84 34 76 34 68Z
    body M50 68H66C68 76 71 82 78 88L69 97C58 91 51 80 50 68Z
    shade M60 68H66C68 76 71 82 78 88L74 92C66 86 62 78 60 68Z
    body M34 44Q42 39 50 39Q58 39 66 44L67 72Q50 78 33 72Z
    shade M58 40Q63 42 66 44L67 72Q63 74 58 75Q61 58 58 40Z
    accent O12 25 6O84 75 6
    accent M42 95.5L29 91.5L28 96Q34 100 40 100ZM78.5 88.5L69.5 97.5L73 101Q80 98 83 92Z
    accent 2.6 M16 38L24 32M76 62L85 60M35 82L48 83M56 84L68 78
    body O50 22 21
    shade M58 3C68 7 71 16 71 22C71 34 62 43 50 43C62 38 66 20 58 3Z
    dark B50 10 62 13 66 23 61 33 50 36 39 33 34 23 38 13
    light B40 15 47 13 44 20 38 26 36 22
    accent 1.2 B50 10 62 13 66 23 61 33 50 36 39 33 34 23 38 13
    dark R42 50 16 13
    accent R44 52.5 5 3.5
    light R51 52.5 5 3.5
    light 1 M44.5 59.5H55.5
    shade 1.8 M42 60C34 62 34 70 38 73
  `,
  crowd: `front 1 #7a3fd0 #24124a #ffeeb0 #ff4f8b #170d30 #0a0618
    shade M-150 -100H250V130H-150Z
    body M-30 -100L-70 70H-20L-18 -100ZM26 -100L4 70H40L36 -100ZM74 -100L60 70H96L64 -100ZM130 -100L120 70H170L118 -100Z
    accent M2 -100L-46 70H-26L8 -100ZM98 -100L126 70H146L92 -100ZM48 -100L36 70H64L52 -100Z
    light O50 40 21
    body R-150 62 400 80
    accent R-150 58 400 5
    dark M-14 22H10V60H-14ZM90 22H114V60H90Z
    body O-2 32 7O-2 49 7O102 32 7O102 49 7
    light O-60 8 4O-20 4 4O12 3 4O50 1 4O88 3 4O120 4 4O160 8 4
    dark 1.6 M-150 4C-50 -4 150 -4 250 4
    deep O50 29 4.2 5
    deep M45 35Q50 33 55 35L64 22L67 24L58 42L57 48L60 61H54L50 51L46 61H40L43 47L34 52L32 49L43 40Z
    deep 1.4 M32 44L60 50
    shade ${heads(69, 9, 2.8)}
    dark ${heads(78, 13, 4.4)}
    deep ${heads(92, 19, 6.6)}
  `,
})
