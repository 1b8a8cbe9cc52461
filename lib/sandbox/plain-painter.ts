import sharp from 'sharp'

type Order = { prompt: string; styleId: number; seed: number; sample: number; width: number; height: number }

/** Circles on a gradient: the right size, the same for the same order, different for each sample. */
export async function paint({ prompt, styleId, seed, sample, width, height }: Order): Promise<Buffer> {
  const random = numbers(`${prompt}\n${styleId}\n${seed}\n${sample}`)
  const hue = Math.floor(random() * 360)
  const circles = Array.from({ length: 12 }, () => {
    const [x, y, radius] = [random() * width, random() * height, (0.05 + random() * 0.2) * width]
    return `<circle cx="${x}" cy="${y}" r="${radius}" fill="hsl(${hue + random() * 80},60%,${30 + random() * 50}%)" opacity="0.7"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="hsl(${hue},40%,20%)"/>${circles.join('')}</svg>`
  return sharp(Buffer.from(svg)).webp({ quality: 80 }).toBuffer()
}

function numbers(text: string): () => number {
  let state = 2166136261
  for (const unit of Buffer.from(text)) state = Math.imul(state ^ unit, 16777619)
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 2 ** 32
  }
}
