import { Path2D } from '@napi-rs/canvas'
import { mix, shift, WHITE } from '@/sandbox/painter/colour'
import { ripple } from '@/sandbox/painter/noise'
import { type Site } from '@/sandbox/painter/site'
import { circle } from '@/sandbox/painter/stage'

export function clouds({ stage, random }: Site): void {
  const { scene, width, unit, horizon, palette } = stage
  const many = scene.weather.includes('clouds') ? 5 : scene.weather.includes('mist') ? 3 : 2
  if (palette.isNight && !scene.weather.includes('clouds')) return
  for (let at = 0; at < many; at += 1) {
    const x = width * random.range(-0.05, 1)
    const y = horizon * random.range(0.12, 0.62)
    const size = unit * random.range(0.09, 0.2)
    const path = new Path2D()
    for (const [dx, dy, rx, ry] of [
      [0, 0, 1, 0.16],
      [0.28, -0.14, 0.5, 0.26],
      [-0.3, -0.08, 0.4, 0.18],
      [0.75, 0.03, 0.5, 0.12],
    ] as const) {
      path.moveTo(x + (dx + rx) * size, y + dy * size)
      path.ellipse(x + dx * size, y + dy * size, rx * size, ry * size, 0, 0, Math.PI * 2)
    }
    const colour = mix(palette.sky[2], WHITE, 0.55)
    const box = { x: x - size, y: y - size * 0.4, width: size * 2.3, height: size * 0.6 }
    stage.shapes.push({
      path,
      colour,
      to: mix(colour, palette.sky[1], 0.4),
      box,
      kind: 'cloud',
      group: 3 + (at % 2),
      depth: 0.1,
      alpha: 0.85,
    })
  }
}

/** Curtains of light: narrow strips side by side, each brightest at its lower hem. */
export function aurora({ stage, random }: Site): void {
  const { width, horizon, unit, scene } = stage
  const colour = scene.colours[0] ?? ([98, 240, 178] as const)
  for (let band = 0; band < 3; band += 1) {
    const hem = horizon * (0.36 + band * 0.16)
    const phase = random.range(0, 6)
    const tint = shift(colour, { hue: band * 26, light: 0.04 })
    const step = unit / 46
    for (let x = -step; x < width + step; x += step) {
      const bottom = hem + Math.sin(phase + (x / unit) * (3.4 + band)) * horizon * 0.1
      const ray = 0.18 + 0.16 * ripple((x / unit) * 9, band * 7 + Math.round(phase * 9), 2)
      const top = bottom - horizon * ray * 1.7
      const path = new Path2D()
      path.rect(x, top, step + 0.6, bottom - top)
      const alpha = 0.16 + 0.5 * ripple((x / unit) * 14, band * 31 + Math.round(phase * 5), 2)
      stage.shapes.push({
        path,
        colour: tint,
        box: { x, y: top, width: step, height: bottom - top },
        kind: 'light',
        group: 6,
        depth: 0.05,
        alpha,
        isFading: true,
      })
    }
  }
}

export function space({ stage, random }: Site): void {
  const { width, height, unit, palette } = stage
  const planets = [
    [0.24, 0.3, 0.2, palette.accent],
    [0.78, 0.16, 0.08, palette.light],
    [0.66, 1.12, 0.5, palette.land[1]],
  ] as const
  for (const [at, [x, y, size, colour]] of planets.entries()) {
    const [cx, cy, radius] = [width * (x + random.range(-0.05, 0.05)), height * y, unit * size]
    stage.shapes.push({
      path: circle(cx, cy, radius),
      colour,
      to: shift(colour, { light: -0.25 }),
      box: { x: cx - radius, y: cy - radius, width: radius * 2, height: radius * 2 },
      kind: 'light',
      group: 4 + at,
      depth: 0.3,
    })
  }
}
