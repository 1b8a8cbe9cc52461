import { blob, leaf, line, oval, part, points, type Subject } from '@/sandbox/painter/subjects/pen'
import { subjects } from '@/sandbox/painter/subjects/table'

const bird: Subject = {
  colours: {
    body: '#26324a',
    shade: '#161e30',
    light: '#f8f2e4',
    accent: '#3d79b8',
    dark: '#151925',
    deep: '#0c0e16',
  },
  size: 0.36,
  stance: 'air',
  parts: () => [
    part('shade', points(58, 58, 98, 84, 92, 92, 50, 70)),
    part('body', blob(28, 28, 42, 30, 58, 44, 68, 62, 58, 72, 40, 70, 26, 56, 20, 40)),
    part('light', blob(30, 56, 42, 56, 54, 66, 48, 72, 34, 68)),
    part('accent', blob(40, 40, 56, 44, 74, 66, 60, 64, 46, 56)),
    part('light', blob(42, 38, 52, 40, 58, 50, 48, 48)),
    part('body', oval(27, 32, 11, 10)),
    part('dark', points(17, 30, 4, 36, 18, 37)),
    part('light', oval(24, 30, 2.6)),
    part('deep', oval(23.6, 30, 1.4)),
    line('dark', 1.6, 'M42 70l-2 14M50 71l1 13M36 85h10M47 85h10'),
  ],
}

const crane: Subject = {
  colours: {
    body: '#fbf8f0',
    shade: '#d8d7d0',
    light: '#ffffff',
    accent: '#d23a2e',
    dark: '#22262c',
    deep: '#14161a',
  },
  size: 0.66,
  stance: 'ground',
  parts: () => [
    line('dark', 1.5, 'M50 66L48 100M58 66L62 82L58 100M44 100h8M54 100h8'),
    part('dark', blob(66, 52, 84, 56, 96, 68, 90, 74, 80, 68, 82, 80, 72, 72, 62, 66)),
    part('body', blob(30, 52, 44, 44, 64, 46, 80, 58, 68, 66, 50, 68, 36, 64)),
    part('shade', blob(44, 54, 60, 52, 74, 60, 60, 64, 48, 62)),
    part('body', 'M34 62C22 54 34 40 31 28C29 18 22 14 25 9L33 10C40 20 38 30 39 38C40 46 44 48 48 52Z'),
    part('dark', 'M30 44C36 36 30 28 28.5 20C34 24 38 34 37 42C36 48 34 50 33 53C30 50 29 47 30 44Z'),
    part('body', oval(26, 11, 6, 5)),
    part('accent', blob(22, 7, 26, 4.5, 30, 7, 26, 8.5)),
    part('dark', points(21, 10, 3, 16, 21, 14)),
    part('deep', oval(24.5, 11, 1)),
    part('light', blob(36, 54, 50, 48, 64, 50, 54, 56, 42, 58)),
  ],
}

const owl: Subject = {
  colours: {
    body: '#7b5c42',
    shade: '#5b422f',
    light: '#f3e2c5',
    accent: '#eea52f',
    dark: '#3a291d',
    deep: '#15100c',
  },
  size: 0.6,
  stance: 'ground',
  parts: () => [
    part('body', blob(50, 10, 72, 18, 80, 44, 78, 76, 64, 96, 36, 96, 22, 76, 20, 44, 28, 18)),
    part('body', points(26, 6, 24, 28, 44, 18)),
    part('body', points(74, 6, 76, 28, 56, 18)),
    part('light', blob(50, 46, 64, 56, 66, 76, 58, 92, 42, 92, 34, 76, 36, 56)),
    part('shade', blob(22, 44, 34, 54, 36, 78, 30, 92, 20, 74)),
    part('shade', blob(78, 44, 66, 54, 64, 78, 70, 92, 80, 74)),
    line('body', 1.4, 'M40 64q5 5 10 0q5 5 10 0M40 72q5 5 10 0q5 5 10 0M41 80q4.5 5 9 0q4.5 5 9 0'),
    part('light', `${oval(38, 34, 14)}${oval(62, 34, 14)}`),
    part('accent', `${oval(38, 34, 9)}${oval(62, 34, 9)}`),
    part('deep', `${oval(38, 34, 5)}${oval(62, 34, 5)}`),
    part('light', `${oval(40, 32, 1.6)}${oval(64, 32, 1.6)}`),
    part('accent', points(46, 42, 54, 42, 50, 51)),
    part('accent', `${oval(42, 97, 5, 2.4)}${oval(58, 97, 5, 2.4)}`),
  ],
}

const whale: Subject = {
  colours: {
    body: '#2f5d86',
    shade: '#1f4467',
    light: '#e8eef0',
    accent: '#6b9dc0',
    dark: '#16324d',
    deep: '#0b1a29',
  },
  size: 0.62,
  stance: 'water',
  parts: () => [
    part(
      'body',
      'M4 52C6 34 30 24 54 32C70 37 78 46 84 40C80 30 78 24 82 18C86 24 90 28 92 30C96 28 100 26 104 27C102 34 98 40 92 44C92 58 82 72 62 77C34 84 6 74 4 52Z',
    ),
    part('light', 'M4 54C18 66 44 68 66 62C74 60 80 56 84 52C82 62 74 72 60 77C34 84 8 74 4 54Z'),
    line('accent', 1, 'M10 64C26 72 46 72 62 68M16 70C30 76 44 76 56 73M9 58C26 66 48 67 66 63'),
    part('shade', 'M40 62C44 74 40 86 30 94C28 82 28 72 32 62Z'),
    part('shade', 'M50 31C56 22 62 22 64 24C62 29 62 32 64 36Z'),
    part('deep', oval(20, 53, 1.9)),
    part('light', oval(20.5, 52.4, 0.7)),
    line('light', 1.4, 'M28 26C26 16 20 12 14 14M29 26C29 14 34 8 40 10M28.5 24V6'),
  ],
}

const butterfly: Subject = {
  colours: {
    body: '#3b2a3f',
    shade: '#c2562f',
    light: '#fff3d6',
    accent: '#f2953a',
    dark: '#2a1d2b',
    deep: '#171018',
  },
  size: 0.32,
  stance: 'air',
  parts: () => [
    part('accent', 'M49 44C36 14 10 8 4 18C0 30 16 52 47 54ZM51 44C64 14 90 8 96 18C100 30 84 52 53 54Z'),
    part('shade', 'M48 54C28 54 14 68 20 80C28 90 44 78 49 60ZM52 54C72 54 86 68 80 80C72 90 56 78 51 60Z'),
    part(
      'light',
      `${oval(20, 28, 5)}${oval(80, 28, 5)}${oval(33, 38, 3.5)}${oval(67, 38, 3.5)}${oval(30, 70, 3.5)}${oval(70, 70, 3.5)}`,
    ),
    part('body', oval(50, 52, 2.8, 17)),
    line('body', 1, 'M49 36C46 26 42 22 38 21M51 36C54 26 58 22 62 21'),
  ],
}

const person: Subject = {
  colours: {
    body: '#2b2d3a',
    shade: '#1c1d27',
    light: '#f3d9c0',
    accent: '#c8443a',
    dark: '#17171f',
    deep: '#0e0e14',
  },
  size: 0.34,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part('dark', 'M42 64h7l-1 36h-6ZM51 64h7l3 36h-6Z'),
    part('body', 'M36 34C40 27 60 27 64 34L70 72C60 76 40 76 30 72Z'),
    part('shade', 'M54 28C60 28 63 31 64 34L70 72C66 74 61 75 56 75Z'),
    part('accent', 'M40 28C46 32 54 32 60 28L61 33C54 37 46 37 39 33ZM56 33L62 50L57 51L53 35Z'),
    part('light', oval(50, 19, 7, 8)),
    part('dark', 'M42 20C40 6 60 6 58 20C56 14 46 13 42 20Z'),
  ],
}

const umbrella: Subject = {
  colours: {
    body: '#23243a',
    shade: '#191a2b',
    light: '#f3d9c0',
    accent: '#d8432f',
    dark: '#12121c',
    deep: '#0a0a12',
  },
  size: 0.42,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part('dark', 'M42 76h6l-1 24h-5ZM51 76h6l3 24h-6Z'),
    part('body', 'M36 52C42 46 58 46 63 52L68 80C58 84 40 84 31 80Z'),
    part('light', oval(49, 43, 5.5, 6)),
    line('dark', 1.3, 'M52 16V60'),
    part(
      'accent',
      'M12 36C14 14 36 8 52 8C68 8 90 14 92 36C86 32 78 32 72 36C66 32 58 32 52 36C46 32 38 32 32 36C26 32 18 32 12 36Z',
    ),
    part('shade', 'M52 8C68 8 90 14 92 36C86 32 78 32 72 36C70 24 64 12 52 8Z'),
  ],
}

const leafSubject: Subject = {
  colours: {
    body: '#3f7d54',
    shade: '#2a5c40',
    light: '#7fb27a',
    accent: '#c9a14a',
    dark: '#1d4030',
    deep: '#12291f',
  },
  size: 0.8,
  stance: 'ground',
  parts: (random) =>
    Array.from({ length: 9 }, (_, at) => {
      const angle = -Math.PI / 2 + (at - 4) * 0.3 + random.range(-0.08, 0.08)
      const length = 74 - Math.abs(at - 4) * 8
      const x = 50 + Math.cos(angle) * length
      const y = 100 + Math.sin(angle) * length
      return [
        part(
          at % 3 === 0 ? 'shade' : at % 3 === 1 ? 'body' : 'light',
          leaf(50, 100, length, angle, length * 0.22),
        ),
        line('dark', 0.7, `M50 100L${50 + (x - 50) * 0.94} ${100 + (y - 100) * 0.94}`),
      ]
    }).flat(),
}

const gull: Subject = {
  colours: {
    body: '#fbf8f1',
    shade: '#c3ccd4',
    light: '#ffffff',
    accent: '#eba23c',
    dark: '#4c5663',
    deep: '#262c35',
  },
  size: 0.22,
  stance: 'air',
  parts: () => [
    part('shade', 'M52 56C62 36 80 28 104 34C86 40 72 50 62 64Z'),
    part('dark', 'M104 34C96 31 90 31 85 32L78 40C86 36 94 34 104 34Z'),
    part('body', blob(28, 54, 36, 49, 48, 54, 64, 62, 80, 68, 62, 71, 44, 68, 32, 61)),
    part('shade', points(74, 65, 92, 66, 88, 73, 70, 70)),
    part('body', 'M44 58C36 38 20 26 -4 28C14 36 28 48 36 62Z'),
    part('dark', 'M-4 28C4 26 11 27 16 29L24 38C16 33 6 30 -4 28Z'),
    part('accent', points(28, 55, 16, 60, 29, 60)),
    part('deep', oval(32, 55, 1.3)),
  ],
}

const fish = subjects({
  koi: `water 0.7 #fbf5ea #e6d5c0 #fff9ef #e0421f #23242a #101014
    light M34 40C32 30 37 20 50 14C51 24 48 34 42 41ZM34 60C32 70 37 80 50 86C51 76 48 66 42 59Z
    light M60 42C62 36 68 31 76 30C74 37 70 42 66 45ZM60 58C62 64 68 69 76 70C74 63 70 58 66 55Z
    light M82 47C88 36 98 28 110 25C107 35 101 42 99 49C103 57 108 64 109 74C98 70 88 62 82 53Z
    shade 0.8 M38 38L46 21M42 39L49 23M38 62L46 79M42 61L49 77M86 47L103 32M88 49L99 46M86 53L103 68
    body M2 50C3 43 12 37 24 35C42 32 62 40 86 48.500C88 49.5 88 50.5 86 51.500C62 60 42 68 24 65C12 63 3 57 2 50Z
    accent B9 42 18 37 27 39 29 48 25 58 17 61 12 56 16 50
    accent B35 35 46 35 55 41 54 50 46 58 39 55 41 47 33 42
    accent B60 43 70 44 78 49 70 54 62 57 58 50
    dark B29 58 36 58 37 64 31 65B52 40 58 41 59 45 54 45B74 46 78 47.5 77 49.5 74 49
    dark 0.8 M32 50H66
    light M40 50C46 45.5 54 46 60 50C54 51.5 46 51.5 40 50Z
    deep O10.5 41.5 1.7 1.400O10.5 58.5 1.7 1.4
    dark 1 M4 46C0 44 -2 40 -3 36M4 54C0 56 -2 60 -3 64
  `,
})

export const CREATURES = {
  ...fish,
  bird,
  gull,
  crane,
  owl,
  whale,
  butterfly,
  person,
  umbrella,
  leaf: leafSubject,
}
