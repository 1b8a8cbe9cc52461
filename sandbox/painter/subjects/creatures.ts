import { leaf, line, part, type Subject } from '@/sandbox/painter/subjects/pen'
import { looks, subjects } from '@/sandbox/painter/subjects/table'

const leafSubject: Subject = {
  ...looks('ground 0.8 #3f7d54 #2a5c40 #7fb27a #c9a14a #1d4030 #12291f'),
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

export const CREATURES = {
  leaf: leafSubject,
  ...subjects({
    koi: `water 0.7 #fbf5ea #e6d5c0 #fff9ef #e0421f #23242a #101014
      light M34 40C32 30 37 20 50 14C51 24 48 34 42 41ZM34 60C32 70 37 80 50 86C51 76 48 66 42 59Z
      light M60 42C62 36 68 31 76 30C74 37 70 42 66 45ZM60 58C62 64 68 69 76 70C74 63 70 58 66 55Z
      light M82 47C88 36 98 28 110 25C107 35 101 42 99 49C103 57 108 64 109 74C98 70 88 62 82 53Z
      shade 0.8 M38 38L46 21M42 39L49 23M38 62L46 79M42 61L49 77M86 47L103 32M88 49L99 46M86 53L103 68
      body M2 50C3 43 12 37 24 35C42 32 62 40 86 48.5C88 49.5 88 50.5 86 51.5C62 60 42 68 24 65C12 63 3 57 2 50Z
      accent B9 42 18 37 27 39 29 48 25 58 17 61 12 56 16 50
      accent B35 35 46 35 55 41 54 50 46 58 39 55 41 47 33 42
      accent B60 43 70 44 78 49 70 54 62 57 58 50
      dark B29 58 36 58 37 64 31 65B52 40 58 41 59 45 54 45B74 46 78 47.5 77 49.5 74 49
      dark 0.8 M32 50H66
      light M40 50C46 45.5 54 46 60 50C54 51.5 46 51.5 40 50Z
      deep O10.5 41.5 1.7 1.4O10.5 58.5 1.7 1.4
      dark 1 M4 46C0 44 -2 40 -3 36M4 54C0 56 -2 60 -3 64
    `,
    bird: `air 0.36 #26324a #161e30 #f8f2e4 #3d79b8 #151925 #0c0e16
      shade M58 58 98 84 92 92 50 70Z
      body B28 28 42 30 58 44 68 62 58 72 40 70 26 56 20 40
      light B30 56 42 56 54 66 48 72 34 68
      accent B40 40 56 44 74 66 60 64 46 56
      light B42 38 52 40 58 50 48 48
      body O27 32 11 10
      dark M17 30 4 36 18 37Z
      light O24 30 2.6
      deep O23.6 30 1.4
      dark 1.6 M42 70l-2 14M50 71l1 13M36 85h10M47 85h10
    `,
    gull: `air 0.22 #fbf8f1 #c3ccd4 #ffffff #eba23c #4c5663 #262c35
      shade M52 56C62 36 80 28 104 34C86 40 72 50 62 64Z
      dark M104 34C96 31 90 31 85 32L78 40C86 36 94 34 104 34Z
      body B28 54 36 49 48 54 64 62 80 68 62 71 44 68 32 61
      shade M74 65 92 66 88 73 70 70Z
      body M44 58C36 38 20 26 -4 28C14 36 28 48 36 62Z
      dark M-4 28C4 26 11 27 16 29L24 38C16 33 6 30 -4 28Z
      accent M28 55 16 60 29 60Z
      deep O32 55 1.3
    `,
    crane: `ground 0.66 #fbf8f0 #d8d7d0 #ffffff #d23a2e #22262c #14161a
      dark 1.5 M50 66L48 100M58 66L62 82L58 100M44 100h8M54 100h8
      dark B66 52 84 56 96 68 90 74 80 68 82 80 72 72 62 66
      body B30 52 44 44 64 46 80 58 68 66 50 68 36 64
      shade B44 54 60 52 74 60 60 64 48 62
      body M34 62C22 54 34 40 31 28C29 18 22 14 25 9L33 10C40 20 38 30 39 38C40 46 44 48 48 52Z
      dark M30 44C36 36 30 28 28.5 20C34 24 38 34 37 42C36 48 34 50 33 53C30 50 29 47 30 44Z
      body O26 11 6 5
      accent B22 7 26 4.5 30 7 26 8.5
      dark M21 10 3 16 21 14Z
      deep O24.5 11 1
      light B36 54 50 48 64 50 54 56 42 58
    `,
    owl: `ground 0.6 #7b5c42 #5b422f #f3e2c5 #eea52f #3a291d #15100c
      body B50 10 72 18 80 44 78 76 64 96 36 96 22 76 20 44 28 18
      body M26 6 24 28 44 18Z
      body M74 6 76 28 56 18Z
      light B50 46 64 56 66 76 58 92 42 92 34 76 36 56
      shade B22 44 34 54 36 78 30 92 20 74
      shade B78 44 66 54 64 78 70 92 80 74
      body 1.4 M40 64q5 5 10 0q5 5 10 0M40 72q5 5 10 0q5 5 10 0M41 80q4.5 5 9 0q4.5 5 9 0
      light O38 34 14O62 34 14
      accent O38 34 9O62 34 9
      deep O38 34 5O62 34 5
      light O40 32 1.6O64 32 1.6
      accent M46 42 54 42 50 51Z
      accent O42 97 5 2.4O58 97 5 2.4
    `,
    whale: `water 0.62 #2f5d86 #1f4467 #e8eef0 #6b9dc0 #16324d #0b1a29
      body M4 52C6 34 30 24 54 32C70 37 78 46 84 40C80 30 78 24 82 18C86 24 90 28 92 30C96 28 100 26 104 27
        C102 34 98 40 92 44C92 58 82 72 62 77C34 84 6 74 4 52Z
      light M4 54C18 66 44 68 66 62C74 60 80 56 84 52C82 62 74 72 60 77C34 84 8 74 4 54Z
      accent 1 M10 64C26 72 46 72 62 68M16 70C30 76 44 76 56 73M9 58C26 66 48 67 66 63
      shade M40 62C44 74 40 86 30 94C28 82 28 72 32 62Z
      shade M50 31C56 22 62 22 64 24C62 29 62 32 64 36Z
      deep O20 53 1.9
      light O20.5 52.4 0.7
      light 1.4 M28 26C26 16 20 12 14 14M29 26C29 14 34 8 40 10M28.5 24V6
    `,
    butterfly: `air 0.32 #3b2a3f #c2562f #fff3d6 #f2953a #2a1d2b #171018
      accent M49 44C36 14 10 8 4 18C0 30 16 52 47 54ZM51 44C64 14 90 8 96 18C100 30 84 52 53 54Z
      shade M48 54C28 54 14 68 20 80C28 90 44 78 49 60ZM52 54C72 54 86 68 80 80C72 90 56 78 51 60Z
      light O20 28 5O80 28 5O33 38 3.5O67 38 3.5O30 70 3.5O70 70 3.5
      body O50 52 2.8 17
      body 1 M49 36C46 26 42 22 38 21M51 36C54 26 58 22 62 21
    `,
    person: `ground 0.34 small #2b2d3a #1c1d27 #f3d9c0 #c8443a #17171f #0e0e14
      dark M42 64h7l-1 36h-6ZM51 64h7l3 36h-6Z
      body M36 34C40 27 60 27 64 34L70 72C60 76 40 76 30 72Z
      shade M54 28C60 28 63 31 64 34L70 72C66 74 61 75 56 75Z
      accent M40 28C46 32 54 32 60 28L61 33C54 37 46 37 39 33ZM56 33L62 50L57 51L53 35Z
      light O50 19 7 8
      dark M42 20C40 6 60 6 58 20C56 14 46 13 42 20Z
    `,
    umbrella: `ground 0.42 small #23243a #191a2b #f3d9c0 #d8432f #12121c #0a0a12
      dark M42 76h6l-1 24h-5ZM51 76h6l3 24h-6Z
      body M36 52C42 46 58 46 63 52L68 80C58 84 40 84 31 80Z
      light O49 43 5.5 6
      dark 1.3 M52 16V60
      accent M12 36C14 14 36 8 52 8C68 8 90 14 92 36C86 32 78 32 72 36C66 32 58 32 52 36C46 32 38 32 32 36
        C26 32 18 32 12 36Z
      shade M52 8C68 8 90 14 92 36C86 32 78 32 72 36C70 24 64 12 52 8Z
    `,
  }),
}
