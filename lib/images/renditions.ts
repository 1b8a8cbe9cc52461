import 'server-only'
import { LRUCache } from 'lru-cache'
import sharp, { type OverlayOptions } from 'sharp'
import { DECODE_LIMIT_S, decodeInTurn, IMAGE_MAX_PIXELS } from '@/lib/platform/decoding'
import { shared } from '@/lib/platform/shared'
import { readBlob, type StoredBlob } from '@/lib/platform/storage'

const KEPT_BYTES = 64 * 1024 * 1024
/** Long sides: the width of a phone with three pixels to a point or a tile on a desk, and a screen full of it. */
const LONG_SIDE_PX = { thumb: 960, preview: 1_600 } as const
const CARD = { width: 1_200, height: 630, gap: 8 } as const

export const VARIANTS = ['thumb', 'preview', 'original'] as const
export type Variant = (typeof VARIANTS)[number]

export type Source = StoredBlob & { teamId: string; mimeType: string }
export type Rendition = { bytes: Buffer; mimeType: string }

type Make = () => Promise<Buffer>
/** Whoever asks for the same while it is being made waits for that one. */
const kept = () =>
  shared(
    'share.renditions',
    () =>
      new LRUCache<string, Buffer, Make>({
        maxSize: KEPT_BYTES,
        sizeCalculation: (bytes) => bytes.length,
        ignoreFetchAbort: true, // what had to make room while it was made is answered all the same
        fetchMethod: (_key, _stale, { context: make }) => decodeInTurn(make),
      }),
  )

/** How many pixels wide a smaller form of an image is. */
export function widthOf(variant: keyof typeof LONG_SIDE_PX, size: { width: number; height: number }): number {
  const scale = Math.min(1, LONG_SIDE_PX[variant] / Math.max(size.width, size.height, 1))
  return Math.round(size.width * scale)
}

/** The image's own bytes, or a smaller webp of it; the smaller ones are made once and kept in memory for a while. */
export async function renditionOf(source: Source, variant: Variant): Promise<Rendition> {
  if (variant === 'original') return { bytes: await readBlob(source), mimeType: source.mimeType }
  const side = LONG_SIDE_PX[variant]
  const make = async () =>
    sharp(await readBlob(source), { limitInputPixels: IMAGE_MAX_PIXELS })
      .timeout({ seconds: DECODE_LIMIT_S })
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: variant === 'thumb' ? 78 : 86 })
      .toBuffer()
  const bytes = await kept().forceFetch(`${source.teamId}.${source.sha256}.${variant}`, { context: make })
  return { bytes, mimeType: 'image/webp' }
}

/** A card of up to four images for messengers: JPEG, 1200 × 630. */
export async function cardOf(sources: Source[]): Promise<Buffer> {
  const shown = sources.slice(0, 4)
  const key = `card.${shown.map((source) => `${source.teamId}.${source.sha256}`).join('.')}`
  const make = async () => {
    const boxes = boxesOf(shown.length)
    const tiles: OverlayOptions[] = []
    for (const [place, source] of shown.entries()) {
      const box = boxes[place] ?? boxes[0]
      const input = await sharp(await readBlob(source), { limitInputPixels: IMAGE_MAX_PIXELS })
        .timeout({ seconds: DECODE_LIMIT_S })
        .resize(box.width, box.height, { fit: 'cover', position: 'attention' })
        .toBuffer()
      tiles.push({ input, left: box.left, top: box.top })
    }
    return sharp({
      create: { width: CARD.width, height: CARD.height, channels: 3, background: { r: 14, g: 14, b: 14 } },
    })
      .composite(tiles)
      .jpeg({ quality: 84, progressive: true, mozjpeg: true })
      .toBuffer()
  }
  return kept().forceFetch(key, { context: make })
}

type Box = { left: number; top: number; width: number; height: number }

/** One fills the card, two and three stand side by side, four are quarters. */
function boxesOf(count: number): [Box, ...Box[]] {
  const { width, height, gap } = CARD
  const columns = count === 4 ? 2 : Math.max(1, count)
  const rows = count === 4 ? 2 : 1
  const boxWidth = Math.floor((width - gap * (columns - 1)) / columns)
  const boxHeight = Math.floor((height - gap * (rows - 1)) / rows)
  const at = (place: number): Box => ({
    left: (place % columns) * (boxWidth + gap),
    top: Math.floor(place / columns) * (boxHeight + gap),
    width: boxWidth,
    height: boxHeight,
  })
  return [at(0), ...Array.from({ length: Math.max(0, count - 1) }, (_, place) => at(place + 1))]
}
