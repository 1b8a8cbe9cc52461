import { oval, rect } from '@/sandbox/painter/subjects/pen'
import { subjects } from '@/sandbox/painter/subjects/table'

const panes = (x: number, count: number): string =>
  Array.from({ length: count }, (_, at) => rect(x + at * 6.6, 51.5, 4.6, 4)).join('')

/** Carries the train, so that it may cross any land. */
const viaduct = `M-52 64H152V100${[144, 122, 100, 78, 56, 34, 12, -10, -32]
  .map((x) => `H${x}V84C${x} 72 ${x - 14} 72 ${x - 14} 84V100`)
  .join('')}H-52Z`

const ring = (x: number, y: number, radius: number): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0`

const spokes = (x: number, y: number, radius: number): string =>
  Array.from({ length: 9 }, (_, at) => {
    const [dx, dy] = [Math.cos((at / 9) * Math.PI) * radius, Math.sin((at / 9) * Math.PI) * radius]
    return `M${x - dx} ${y - dy}L${x + dx} ${y + dy}`
  }).join('')

export const VEHICLES = subjects({
  boat: `water 0.44 small #8c4a31 #63301f #fbf2df #d8533a #3c241a #22140f
    dark 1.6 M48 6V80
    light M46 10C26 34 16 54 14 72H46Z
    shade M46 40C36 52 34 62 36 72H46Z
    accent M51 14C70 32 80 52 84 70H51Z
    body M6 78H94C90 90 82 98 72 98H28C18 98 10 90 6 78Z
    shade M8 84H92C89 92 82 98 72 98H28C18 98 11 92 8 84Z
    accent M48 6l12 4l-12 5Z
  `,
  balloon: `air 0.44 #e2563f #b93a35 #fbe7c8 #f2b04a #6a4228 #38231a
    dark 0.8 M40 68L45 86M60 68L55 86M50 70V86
    body M50 2C76 2 90 22 88 40C86 56 66 64 60 72H40C34 64 14 56 12 40C10 22 24 2 50 2Z
    light M50 2C60 12 62 28 60 46C58 58 54 66 54 72H46C46 66 42 58 40 46C38 28 40 12 50 2Z
    accent M50 2C30 8 24 26 28 44C30 56 38 64 40 72H44C42 62 36 54 35 42C34 26 38 12 50 2Z
      M50 2C70 8 76 26 72 44C70 56 62 64 60 72H56C58 62 64 54 65 42C66 26 62 12 50 2Z
    shade M72 10C84 18 89 30 88 40C86 56 66 64 60 72H57C66 60 78 50 80 38C80 26 78 16 72 10Z
    dark R44 86 12 11
  `,
  rocket: `air 0.6 #f2eee6 #c9c4be #ffffff #e1493a #2f4f7c #1a2438
    accent M36 60L18 84L20 92L38 80ZM64 60L82 84L80 92L62 80Z
    body M50 2C66 16 70 44 64 80H36C30 44 34 16 50 2Z
    shade M50 2C66 16 70 44 64 80H54C60 48 58 18 50 2Z
    accent M50 2C57 8 61 16 63 24H37C39 16 43 8 50 2Z
    dark O50 42 9
    light O48 40 4
    accent M40 82h20l-10 18Z
  `,
  car: `ground 0.34 small #e8b13a #bd8423 #e6f1f3 #fff2b8 #23262c #101216
    body M4 84V68C6 60 14 58 22 57L32 42C34 39 38 38 42 38H66C72 38 76 42 80 48L86 58C94 60 97 64 97 70V84Z
    shade M4 74H97V86H4Z
    light M28 57L36 45H50V57ZM54 45H66C70 45 73 50 77 57H54Z
    dark O24 86 11O76 86 11
    light O24 86 5O76 86 5
    accent O94 68 3 4
  `,
  train: `ground 0.86 small #c8452f #96301f #ffe3a6 #f3e7d2 #7d7468 #2b2a2e
    dark ${viaduct}
    deep 0.7 M-52 64.5H152
    deep 0.5 M-52 69H152
    body R-2 49 30 13R30 49 30 13M62 49H84C92 49 97 55 98 62H62Z
    shade R-2 57.5 30 4.5R30 57.5 30 4.5M62 57.5H96.8L98 62H62Z
    accent R-2 56 30 1.4R30 56 30 1.4R62 56 34 1.4
    light ${panes(1, 4)}${panes(33, 4)}${panes(65, 3)}M86 51.5H88C91 51.5 93 53.5 94 55.5H86Z
    deep ${[3, 11, 17, 25, 35, 43, 49, 57, 67, 75, 83, 91].map((x) => oval(x, 62.6, 1.7)).join('')}
  `,
  bicycle: `ground 0.46 small #d9503c #a9382c #f4ead8 #c79a5b #2b2d33 #17181c
    dark 2.2 ${ring(22, 76, 21) + ring(80, 76, 21)}
    light 0.5 ${[22, 80].map((x) => spokes(x, 76, 19.5)).join('')}
    body 2.6 M22 76L40 46H70L48 76H22M48 76L38 40M70 46L80 76M70 46L67 34
    deep 2 M67 34C72 30 78 32 77 38M48 76l7 7M48 76l-7 -7
    deep M29 37C34 34 44 35 47 38C42 41 34 41 29 39Z
    accent M74 40H94L91 54H77Z
    deep 0.6 M75 44.5H93M76 49H92
    shade O48 76 4
  `,
})
