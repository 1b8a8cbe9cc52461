/**
 * An image's mean colour, from its ThumbHash as base64: the preview for HTML, where a data URL for each image would
 * weigh too much. Its first 18 bits are lightness and two colour axes (evanw/thumbhash, `thumbHashToAverageRGBA`); read
 * here, because the library would be a twentieth of the gallery's script for this one line.
 */
export function meanColourOf(placeholder: string): string {
  const [low = 0, middle = 0, high = 0] = Array.from(atob(placeholder.slice(0, 4)), (letter) =>
    letter.charCodeAt(0),
  )
  const bits = low | (middle << 8) | (high << 16)
  const lightness = (bits & 63) / 63
  const yellowBlue = ((bits >> 6) & 63) / 31.5 - 1
  const redGreen = ((bits >> 12) & 63) / 31.5 - 1
  const blue = lightness - (2 / 3) * yellowBlue
  const red = (3 * lightness - blue + redGreen) / 2
  const shown = [red, red - redGreen, blue].map((part) => Math.min(1, Math.max(0, part)).toFixed(2))
  return `color(srgb ${shown.join(' ')})`
}
