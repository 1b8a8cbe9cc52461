import type { Random } from '@/sandbox/painter/random'

/** The colour slots of a subject. */
export const TONES = ['body', 'shade', 'light', 'accent', 'dark', 'deep'] as const
export type Tone = (typeof TONES)[number]
/** One outline in a box of 100 × 100 (y down), in the words of an SVG path; `line` strokes it. */
export type Part = { tone: Tone; d: string; line?: number }

/** Where a subject belongs: on the ground, in the air, in water, on a table, or in front of all, cut by the lower edge. */
export type Stance = 'ground' | 'air' | 'water' | 'table' | 'front'

export type Looks = {
  colours: Record<Tone, string>
  /** Height of its box as a part of the image's shorter side when it is alone. */
  size: number
  stance: Stance
  /** Big in the image (an animal's portrait) or a thing in its landscape. */
  isSmall?: boolean
}

export type Subject = Looks & { parts: (random: Random) => Part[] }

export const part = (tone: Tone, d: string): Part => ({ tone, d })
export const line = (tone: Tone, width: number, d: string): Part => ({ tone, d, line: width })

const short = (value: number) => Math.round(value * 100) / 100

export function oval(x: number, y: number, rx: number, ry = rx): string {
  return `M${short(x - rx)} ${short(y)}a${short(rx)} ${short(ry)} 0 1 0 ${short(2 * rx)} 0a${short(rx)} ${short(ry)} 0 1 0 ${short(-2 * rx)} 0Z`
}

export function rect(x: number, y: number, width: number, height: number): string {
  return `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`
}

/** A leaf from (x, y), `length` long in direction `angle` (radians), `width` across. */
export function leaf(
  x: number,
  y: number,
  length: number,
  ...[angle, width = length * 0.3]: [angle: number, width?: number]
): string {
  const at = (along: number, across: number) => {
    const px = x + Math.cos(angle) * along - Math.sin(angle) * across
    const py = y + Math.sin(angle) * along + Math.cos(angle) * across
    return `${short(px)} ${short(py)}`
  }
  return `M${at(0, 0)}C${at(length * 0.3, -width)} ${at(length * 0.75, -width * 0.8)} ${at(length, 0)}C${at(length * 0.7, width * 0.6)} ${at(length * 0.3, width * 0.9)} ${at(0, 0)}Z`
}

/** A rounded outline through points given as x, y, x, y … */
export function blob(...values: number[]): string {
  const count = values.length / 2
  const x = (at: number) => values[((at + count) % count) * 2] ?? 0
  const y = (at: number) => values[((at + count) % count) * 2 + 1] ?? 0
  let d = `M${short(x(0))} ${short(y(0))}`
  for (let at = 0; at < count; at += 1) {
    const [ax, ay] = [x(at) + (x(at + 1) - x(at - 1)) / 6, y(at) + (y(at + 1) - y(at - 1)) / 6]
    const [bx, by] = [x(at + 1) - (x(at + 2) - x(at)) / 6, y(at + 1) - (y(at + 2) - y(at)) / 6]
    d += `C${short(ax)} ${short(ay)} ${short(bx)} ${short(by)} ${short(x(at + 1))} ${short(y(at + 1))}`
  }
  return `${d}Z`
}
