/** sRGB, each 0–255. */
export type Rgb = readonly [number, number, number]
/** Lightness 0–1, chroma 0–about 0.35, hue in degrees (OKLCH). */
export type Lch = readonly [number, number, number]

export function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${alpha})`
}

export function mix(from: Rgb, to: Rgb, part: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ]
}

export const WHITE: Rgb = [255, 255, 255]

/** Perceived brightness, 0–1. */
export function brightness([red, green, blue]: Rgb): number {
  return (red * 0.299 + green * 0.587 + blue * 0.114) / 255
}

export function toLch(colour: Rgb): Lch {
  const [r, g, b] = [linear(colour[0]), linear(colour[1]), linear(colour[2])]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const light = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s
  const first = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const second = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return [light, Math.hypot(first, second), (Math.atan2(second, first) * 180) / Math.PI]
}

export function fromLch([light, chroma, hue]: Lch): Rgb {
  const angle = (hue * Math.PI) / 180
  const [first, second] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const l = (light + 0.3963377774 * first + 0.2158037573 * second) ** 3
  const m = (light - 0.1055613458 * first - 0.0638541728 * second) ** 3
  const s = (light - 0.0894841775 * first - 1.291485548 * second) ** 3
  return [
    gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

/** The colour with its lightness, chroma and hue changed by these amounts. */
export function shift(colour: Rgb, { light = 0, chroma = 1, hue = 0 }): Rgb {
  const [l, c, h] = toLch(colour)
  return fromLch([Math.min(1, Math.max(0, l + light)), c * chroma, h + hue])
}

/** The hue of `ruler` with the lightness of `colour`, drawn towards the ruler's own lightness. */
export function ruled(colour: Rgb, ruler: Rgb, strength: number, lift = 0.28): Rgb {
  const [light, chroma] = toLch(colour)
  const [ownLight, ownChroma, hue] = toLch(ruler)
  const target = fromLch([
    light + (ownLight - light) * lift,
    ownChroma < 0.03 ? ownChroma : Math.max(chroma, ownChroma * 0.8) * (light > 0.9 ? 0.5 : 1),
    hue,
  ])
  return mix(colour, target, strength)
}

function linear(value: number): number {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function gamma(value: number): number {
  const part = Math.min(1, Math.max(0, value))
  return 255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055)
}
