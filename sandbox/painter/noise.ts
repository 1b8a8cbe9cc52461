import { randomOf } from '@/sandbox/painter/random'

const SIDE = 512
const MASK = SIDE - 1

/** A square of noise in [0, 1] that repeats without a seam; made once and read at any offset. */
export type Tile = Float32Array

const made = new Map<string, Tile>()

/** Clouds of several sizes, the largest `SIDE / cells` pixels wide. */
export function cloudTile(cells: number, octaves = 4): Tile {
  return keep(`cloud ${cells} ${octaves}`, () => {
    const tile = new Float32Array(SIDE * SIDE)
    for (let octave = 0, weight = 0.5; octave < octaves; octave += 1, weight /= 2)
      addOctave(tile, cells * 2 ** octave, weight)
    return stretched(tile)
  })
}

/** White noise, pixel by pixel. */
export function grainTile(): Tile {
  return keep('grain', () => {
    const random = randomOf(77)
    return Float32Array.from({ length: SIDE * SIDE }, () => (random.next() + random.next()) / 2)
  })
}

export function sampleTile(tile: Tile, x: number, y: number): number {
  return tile[((y & MASK) << 9) | (x & MASK)] ?? 0
}

/** Smooth noise over a line, in [0, 1], for outlines. */
export function ripple(x: number, seed: number, octaves = 4): number {
  let sum = 0
  for (
    let octave = 0, weight = 0.5, at = x;
    octave < octaves;
    octave += 1, weight /= 2, at = at * 2.03 + 17.1
  )
    sum += weight * lineNoise(at, seed + octave * 131)
  return sum / (1 - 0.5 ** octaves)
}

function lineNoise(x: number, seed: number): number {
  const cell = Math.floor(x)
  const part = x - cell
  const ease = part * part * (3 - 2 * part)
  const from = lattice(cell, seed)
  return from + (lattice(cell + 1, seed) - from) * ease
}

/** A number in [0, 1) for a place of the lattice. */
export function lattice(x: number, y: number): number {
  let hash = Math.imul(x | 0, 374761393) + Math.imul(y | 0, 668265263)
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

function addOctave(tile: Tile, cells: number, weight: number): void {
  const step = cells / SIDE
  for (let y = 0; y < SIDE; y += 1) {
    const row = y * step
    const top = Math.floor(row)
    const v = ease(row - top)
    for (let x = 0; x < SIDE; x += 1) {
      const column = x * step
      const left = Math.floor(column)
      const u = ease(column - left)
      const right = (left + 1) % cells
      const below = (top + 1) % cells
      const a = lattice(left, top + cells * 57)
      const b = lattice(right, top + cells * 57)
      const c = lattice(left, below + cells * 57)
      const d = lattice(right, below + cells * 57)
      const at = y * SIDE + x
      tile[at] = (tile[at] ?? 0) + weight * (a + (b - a) * u + (c - a + (a - b - c + d) * u) * v)
    }
  }
}

function ease(part: number): number {
  return part * part * (3 - 2 * part)
}

function stretched(tile: Tile): Tile {
  let [least, most] = [Infinity, -Infinity]
  for (const value of tile) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return tile.map((value) => (value - least) / (most - least))
}

function keep(name: string, make: () => Tile): Tile {
  const known = made.get(name) ?? make()
  made.set(name, known)
  return known
}
