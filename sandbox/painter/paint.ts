import { compose } from '@/sandbox/painter/compose'
import { readScene, type Scene } from '@/sandbox/painter/scene'
import { encode } from '@/sandbox/painter/surface'
import { techniqueOf } from '@/sandbox/painter/techniques/all'
import { layoutOf } from '@/sandbox/painter/view'

/** What a variation starts from: the order of its original, as far as it is known. */
export type PaintSource = { seed: number; sample?: number; prompt?: string }

export type PaintOrder = {
  prompt: string
  styleId: number
  seed: number
  sample: number
  width: number
  height: number
  source?: PaintSource
}

/**
 * Paints a prompt in a style: webp of exactly `width` × `height` pixels. Equal orders give equal bytes; the samples of
 * an order differ in framing, light and hour; an image with a source resembles it. Any text and any id will do.
 */
export async function paint({
  prompt,
  styleId,
  seed,
  sample,
  width,
  height,
  source,
}: PaintOrder): Promise<Buffer> {
  const own = readScene(prompt)
  const before = source?.prompt === undefined ? null : readScene(source.prompt)
  const scene = before ? inherited(own, before) : own
  const original = source ? { seed: source.seed, sample: source.sample ?? 0, scene: before ?? own } : null
  const { render, home, hour } = techniqueOf(styleId)
  const layout = layoutOf(scene, { seed, sample }, original)
  const stage = compose(scene, layout, { width, height, ...(home && { home }), ...(hour && { hour }) })
  return encode(render(stage), { width, height })
}

/** The variation's own words count; where they say nothing, the original's do. */
function inherited(own: Scene, from: Scene): Scene {
  return {
    subjects: own.subjects.length ? own.subjects : from.subjects,
    places: own.places.length ? own.places : from.places,
    time: own.time ?? from.time,
    season: own.season ?? from.season,
    weather: own.weather.length ? own.weather : from.weather,
    sky: own.sky ?? from.sky,
    mood: own.mood ?? from.mood,
    colours: own.colours.length ? own.colours : from.colours,
    flavour: from.flavour,
  }
}
