/** An image shrunk to 16 × 16 sRGB pixels, and the size it had. */
export type Look = { width: number; height: number; pixels: Buffer }

type Words = { en: string; ko: string }

/** Hue in degrees → name; each reaches up to its number. */
const hues: [number, Words][] = [
  [15, { en: 'red', ko: '붉은색' }],
  [45, { en: 'orange', ko: '주황색' }],
  [70, { en: 'golden yellow', ko: '황금빛 노란색' }],
  [160, { en: 'green', ko: '초록색' }],
  [200, { en: 'turquoise', ko: '청록색' }],
  [255, { en: 'blue', ko: '파란색' }],
  [290, { en: 'violet', ko: '보라색' }],
  [335, { en: 'pink', ko: '분홍색' }],
  [360, { en: 'red', ko: '붉은색' }],
]
const grey: Words = { en: 'muted grey', ko: '차분한 회색' }

/** The caption of an image from its colours, light and shape. */
export function captionOf({ width, height, pixels }: Look): {
  captionPrompt: string
  captionTPrompt: string
} {
  const colours = Array.from({ length: Math.floor(pixels.length / 3) }, (_, at) => toHsl(pixels, at * 3))
  const [first, second] = dominant(colours)
  const lights = colours.map(({ light }) => light).sort((a, b) => a - b)
  const mean = lights.reduce((sum, light) => sum + light, 0) / Math.max(1, lights.length)
  const spread = (lights.at(-13) ?? 1) - (lights[12] ?? 0)
  const shape = shapeOf(width / height)
  const tone = toneOf(mean)
  const contrast =
    spread > 0.55
      ? { en: 'strong contrast', ko: '뚜렷한 명암' }
      : { en: 'soft contrast', ko: '부드러운 명암' }
  const above = halfLight(colours, 0) > halfLight(colours, 128) + 0.08
  const depth = above
    ? { en: 'a bright upper half over a darker ground', ko: '어두운 바닥 위로 밝은 위쪽' }
    : { en: 'an even spread of light', ko: '고르게 퍼진 빛' }
  const both = second ? { en: `${first.en} and ${second.en}`, ko: `${first.ko}과 ${second.ko}` } : first
  return {
    captionPrompt: `${tone.en} ${shape.en} image in ${both.en}, ${contrast.en}, ${depth.en}`,
    captionTPrompt: `${both.ko}이 어우러진 ${tone.ko} ${shape.ko} 그림, ${contrast.ko}, ${depth.ko}`,
  }
}

type Hsl = { hue: number; saturation: number; light: number }

function dominant(colours: Hsl[]): [Words, Words | undefined] {
  const weights = new Map<string, { words: Words; weight: number }>()
  for (const { hue, saturation, light } of colours) {
    const isGrey = saturation < 0.12 || light < 0.06 || light > 0.96
    const words = isGrey ? grey : (hues.find(([upTo]) => hue <= upTo)?.[1] ?? grey)
    const known = weights.get(words.en) ?? { words, weight: 0 }
    weights.set(words.en, { words, weight: known.weight + (isGrey ? 0.5 : 1) })
  }
  const [first, second] = [...weights.values()].sort((a, b) => b.weight - a.weight)
  const isShared = first && second && second.weight > first.weight * 0.25
  return [first?.words ?? grey, isShared ? second.words : undefined]
}

function toneOf(light: number): Words {
  if (light < 0.3) return { en: 'a dark, moody', ko: '어둡고 깊은' }
  return light > 0.65 ? { en: 'a bright, airy', ko: '밝고 산뜻한' } : { en: 'a balanced', ko: '차분한' }
}

function shapeOf(ratio: number): Words {
  if (ratio > 1.15) return { en: 'wide', ko: '가로로 넓은' }
  return ratio < 0.87 ? { en: 'tall', ko: '세로로 긴' } : { en: 'square', ko: '네모난' }
}

function halfLight(colours: Hsl[], start: number): number {
  const half = colours.slice(start, start + 128)
  return half.reduce((sum, { light }) => sum + light, 0) / Math.max(1, half.length)
}

function toHsl(pixels: Buffer, at: number): Hsl {
  const [red, green, blue] = [0, 1, 2].map((offset) => (pixels[at + offset] ?? 0) / 255)
  const [r = 0, g = 0, b = 0] = [red, green, blue]
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
  const light = (most + least) / 2
  const range = most - least
  if (range === 0) return { hue: 0, saturation: 0, light }
  const sector =
    most === r ? ((g - b) / range + 6) % 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4
  return { hue: sector * 60, saturation: range / (1 - Math.abs(2 * light - 1)), light }
}
