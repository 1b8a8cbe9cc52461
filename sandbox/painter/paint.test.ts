import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { compose } from '@/sandbox/painter/compose'
import { paint, type PaintOrder } from '@/sandbox/painter/paint'
import { readScene } from '@/sandbox/painter/scene'
import { techniqueOf } from '@/sandbox/painter/techniques/all'
import { layoutOf } from '@/sandbox/painter/view'
import { SANDBOX_STYLES } from '@/sandbox/styles'

const order: PaintOrder = {
  prompt: 'a fox in the snow',
  styleId: 103,
  seed: 7,
  sample: 0,
  width: 384,
  height: 384,
}
const small = (changes: Partial<PaintOrder>) => paint({ ...order, ...changes })

/** The image as 12 × 12 pixels. */
async function look(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes).resize(12, 12, { fit: 'fill' }).removeAlpha().raw().toBuffer()
}

async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all([look(one), look(other)])
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length
}

async function meanColour(bytes: Buffer): Promise<[number, number, number]> {
  const { channels } = await sharp(bytes).stats()
  return [channels[0]?.mean ?? 0, channels[1]?.mean ?? 0, channels[2]?.mean ?? 0]
}

/** The share of pixels that a subject changes in its place, and how many colours, by steps of 32, it brings. */
function traceOf(prompt: string, styleId: number): { share: number; colours: number } {
  const scene = readScene(prompt)
  const stage = compose(scene, layoutOf(scene, { seed: 7, sample: 0 }, null), { width: 160, height: 160 })
  const { render } = techniqueOf(styleId)
  const drawn = render(stage)
  const empty = render({ ...stage, shapes: stage.shapes.filter(({ group }) => group < 60) })
  const colours = new Set<string>()
  let changed = 0
  for (let at = 0; at < drawn.length; at += 4) {
    const pixel = [0, 1, 2].map((channel) => drawn[at + channel] ?? 0)
    if (pixel.every((value, channel) => Math.abs(value - (empty[at + channel] ?? 0)) < 24)) continue
    changed += 1
    colours.add(pixel.map((value) => value >> 5).join())
  }
  return { share: changed / (drawn.length / 4), colours: colours.size }
}

const hostile = [
  '',
  ' ',
  '🦊🌊✨🏯',
  'ظبي في الغابة',
  '龍と月',
  '\u0000\ud800\u200b',
  '가'.repeat(1200),
  '<svg onload=1>{{}}',
  '9 9 9 9',
]
const shapes = [
  [256, 256],
  [221, 295],
  [295, 221],
  [192, 341],
  [341, 192],
] as const

describe('paint', () => {
  test.each(SANDBOX_STYLES.map(({ styleId, nameEn }) => [nameEn, styleId] as const))(
    '%s takes any prompt at any ratio and answers webp of exactly that size',
    async (_, styleId) => {
      for (const [at, prompt] of hostile.entries()) {
        const [width, height] = shapes[at % shapes.length] ?? shapes[0]
        const made = await sharp(await small({ prompt, styleId, width, height, sample: at % 4 })).metadata()
        expect([made.format, made.width, made.height]).toEqual(['webp', width, height])
      }
    },
    60_000,
  )

  test('gives the same bytes for the same order', async () => {
    for (const { styleId } of SANDBOX_STYLES)
      expect((await small({ styleId })).equals(await small({ styleId }))).toBe(true)
  }, 60_000)

  test('frames and lights each sample of an order differently', async () => {
    const samples = await Promise.all([0, 1, 2, 3].map((sample) => small({ sample })))
    for (const [at, one] of samples.entries())
      for (const other of samples.slice(at + 1)) expect(await difference(one, other)).toBeGreaterThan(6)
  })

  test('paints a variation nearer to its source than an image of another seed', async () => {
    for (const styleId of [103, 112]) {
      const source = await small({ styleId, prompt: 'mountains and a lake' })
      const varied = { styleId, prompt: 'mountains and a lake', seed: 4711 }
      const variation = await small({ ...varied, source: { seed: order.seed, sample: 0 } })
      expect(variation.equals(source)).toBe(false)
      expect(await difference(source, variation)).toBeLessThan(await difference(source, await small(varied)))
    }
  })

  test('keeps the ground of a source whose words the variation changes', async () => {
    const before = { prompt: 'mountains and a lake', seed: 7, sample: 2 }
    const source = await small({ ...before, styleId: 112 })
    const varied = { styleId: 112, prompt: 'mountains and a lake, one boat', seed: 99 }
    const variation = await small({ ...varied, source: before })
    expect(await difference(source, variation)).toBeLessThan(await difference(source, await small(varied)))
  })

  test('lets the colours that a prompt names rule the image', async () => {
    for (const styleId of [103, 108, 112]) {
      const [red] = await meanColour(await small({ styleId, prompt: 'red mountains' }))
      const [redInBlue, , blue] = await meanColour(await small({ styleId, prompt: '파란 산' }))
      expect(red).toBeGreaterThan(redInBlue + 20)
      expect(blue).toBeGreaterThan(redInBlue + 20)
    }
  })

  test('paints the same image for the same words in Korean and in English', async () => {
    const english = await small({ prompt: 'two foxes in a forest at night' })
    expect(english.equals(await small({ prompt: '밤의 숲속 여우 두 마리' }))).toBe(true)
  })

  test('paints other images for other words that it does not know', async () => {
    expect((await small({ prompt: 'qwertz' })).equals(await small({ prompt: 'zuiop' }))).toBe(false)
  })

  test.each(
    'sneaker|burger|phone|laptop|cosmetics|perfume|soda can|t-shirt|watch|car interior|sofa|chair|astronaut|cake|apple|fruit bowl|Christmas tree|concert crowd|portrait|man|hands with phone|storefront|sleeping fox|koi'.split(
      '|',
    ),
  )('draws “%s” so that it stands out from its place, plain, flat and by brush', (prompt) => {
    for (const styleId of [112, 103, 102]) {
      const { share, colours } = traceOf(prompt, styleId)
      expect(share).toBeGreaterThan(0.06)
      expect(colours).toBeGreaterThan(8)
    }
  })
})
