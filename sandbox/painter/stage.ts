import { Path2D } from '@napi-rs/canvas'
import type { Rgb } from '@/sandbox/painter/colour'
import type { Palette } from '@/sandbox/painter/palette'
import type { Scene } from '@/sandbox/painter/scene'
import type { Place } from '@/sandbox/painter/words/setting-words'

export type Box = { x: number; y: number; width: number; height: number }

/** What a shape is, for techniques that treat a sun otherwise than a hill. */
export type Kind = 'light' | 'cloud' | 'land' | 'water' | 'building' | 'plant' | 'subject' | 'mark'

/** One outline in image coordinates. */
export type Shape = {
  path: Path2D
  colour: Rgb
  /** Where a vertical gradient through `box` ends; the same colour when missing. */
  to?: Rgb
  box: Box
  kind: Kind
  /** Shapes of one group are one piece of paper, one wash, one thing. */
  group: number
  /** 0 far … 1 near. */
  depth: number
  /** Drawn as a line of this width instead of filled. */
  line?: number
  alpha?: number
  /** Begins with nothing at the top of `box` and grows to its colour. */
  isFading?: boolean
}

export type Sun = { x: number; y: number; radius: number; colour: Rgb; isMoon: boolean }

/** A composed image: shapes from back to front before a sky. */
export type Stage = {
  width: number
  height: number
  /** The shorter side. */
  unit: number
  place: Place
  horizon: number
  /** How near the land is drawn, and how far the camera has been turned along it. */
  lens: { zoom: number; pan: number }
  scene: Scene
  palette: Palette
  sun: Sun | null
  shapes: Shape[]
  /** For what a technique decides by itself. */
  seed: number
  /** Where the most important thing stands. */
  focus: { x: number; y: number; radius: number }
}

export function polygon(points: readonly (readonly [number, number])[]): Path2D {
  const path = new Path2D()
  points.forEach(([x, y], at) => (at ? path.lineTo(x, y) : path.moveTo(x, y)))
  path.closePath()
  return path
}

export function circle(x: number, y: number, radius: number): Path2D {
  const path = new Path2D()
  path.arc(x, y, radius, 0, Math.PI * 2)
  return path
}
