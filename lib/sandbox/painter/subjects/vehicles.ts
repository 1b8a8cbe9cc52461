import { line, oval, part, rect, type Subject } from '@/lib/sandbox/painter/subjects/pen'

const boat: Subject = {
  colours: {
    body: '#8c4a31',
    shade: '#63301f',
    light: '#fbf2df',
    accent: '#d8533a',
    dark: '#3c241a',
    deep: '#22140f',
  },
  size: 0.44,
  stance: 'water',
  isSmall: true,
  parts: () => [
    line('dark', 1.6, 'M48 6V80'),
    part('light', 'M46 10C26 34 16 54 14 72H46Z'),
    part('shade', 'M46 40C36 52 34 62 36 72H46Z'),
    part('accent', 'M51 14C70 32 80 52 84 70H51Z'),
    part('body', 'M6 78H94C90 90 82 98 72 98H28C18 98 10 90 6 78Z'),
    part('shade', 'M8 84H92C89 92 82 98 72 98H28C18 98 11 92 8 84Z'),
    part('accent', 'M48 6l12 4l-12 5Z'),
  ],
}

const balloon: Subject = {
  colours: {
    body: '#e2563f',
    shade: '#b93a35',
    light: '#fbe7c8',
    accent: '#f2b04a',
    dark: '#6a4228',
    deep: '#38231a',
  },
  size: 0.44,
  stance: 'air',
  parts: () => [
    line('dark', 0.8, 'M40 68L45 86M60 68L55 86M50 70V86'),
    part('body', 'M50 2C76 2 90 22 88 40C86 56 66 64 60 72H40C34 64 14 56 12 40C10 22 24 2 50 2Z'),
    part('light', 'M50 2C60 12 62 28 60 46C58 58 54 66 54 72H46C46 66 42 58 40 46C38 28 40 12 50 2Z'),
    part(
      'accent',
      'M50 2C30 8 24 26 28 44C30 56 38 64 40 72H44C42 62 36 54 35 42C34 26 38 12 50 2ZM50 2C70 8 76 26 72 44C70 56 62 64 60 72H56C58 62 64 54 65 42C66 26 62 12 50 2Z',
    ),
    part('shade', 'M72 10C84 18 89 30 88 40C86 56 66 64 60 72H57C66 60 78 50 80 38C80 26 78 16 72 10Z'),
    part('dark', rect(44, 86, 12, 11)),
  ],
}

const rocket: Subject = {
  colours: {
    body: '#f2eee6',
    shade: '#c9c4be',
    light: '#ffffff',
    accent: '#e1493a',
    dark: '#2f4f7c',
    deep: '#1a2438',
  },
  size: 0.6,
  stance: 'air',
  parts: () => [
    part('accent', 'M36 60L18 84L20 92L38 80ZM64 60L82 84L80 92L62 80Z'),
    part('body', 'M50 2C66 16 70 44 64 80H36C30 44 34 16 50 2Z'),
    part('shade', 'M50 2C66 16 70 44 64 80H54C60 48 58 18 50 2Z'),
    part('accent', 'M50 2C57 8 61 16 63 24H37C39 16 43 8 50 2Z'),
    part('dark', oval(50, 42, 9)),
    part('light', oval(48, 40, 4)),
    part('accent', 'M40 82h20l-10 18Z'),
  ],
}

const car: Subject = {
  colours: {
    body: '#e8b13a',
    shade: '#bd8423',
    light: '#e6f1f3',
    accent: '#fff2b8',
    dark: '#23262c',
    deep: '#101216',
  },
  size: 0.34,
  stance: 'ground',
  isSmall: true,
  parts: () => [
    part(
      'body',
      'M4 84V68C6 60 14 58 22 57L32 42C34 39 38 38 42 38H66C72 38 76 42 80 48L86 58C94 60 97 64 97 70V84Z',
    ),
    part('shade', 'M4 74H97V86H4Z'),
    part('light', 'M28 57L36 45H50V57ZM54 45H66C70 45 73 50 77 57H54Z'),
    part('dark', `${oval(24, 86, 11)}${oval(76, 86, 11)}`),
    part('light', `${oval(24, 86, 5)}${oval(76, 86, 5)}`),
    part('accent', oval(94, 68, 3, 4)),
  ],
}

export const VEHICLES = { boat, balloon, rocket, car }
