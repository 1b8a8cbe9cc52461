import { expect, test } from 'vitest'
import { circle, type Shape } from '@/sandbox/painter/stage'
import { layer, lift, pixelsOf } from '@/sandbox/painter/surface'

test('takes away what a part covers, anywhere on a scaled layer', () => {
  const made = layer(100, 100)
  made.context.scale(0.5, 0.5)
  made.context.fillRect(0, 0, 200, 200)
  const box = { x: 130, y: 130, width: 40, height: 40 }
  const part: Shape = {
    path: circle(150, 150, 20),
    box,
    colour: [0, 0, 0],
    kind: 'subject',
    group: 60,
    depth: 1,
  }
  lift(made.context, part, 1)
  const alphaAt = (x: number, y: number) => pixelsOf(made)[(y * 100 + x) * 4 + 3]
  expect([alphaAt(75, 75), alphaAt(60, 60), alphaAt(90, 75)]).toEqual([0, 255, 255])
})
