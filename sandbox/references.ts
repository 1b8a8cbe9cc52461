import sharp from 'sharp'
import type { Answer, Context, Exchange } from '@/sandbox/context'
import { readBody } from '@/sandbox/http'
import { envelope } from '@/sandbox/refusals'

const MAX_BYTES = 20 << 20
const endings: Record<string, string> = { png: 'png', jpeg: 'jpg', webp: 'webp' }

/** POST /sandbox/references: an image as the body; answers the path that create takes as `image`. */
export async function uploadReference({ store }: Context, { request }: Exchange): Promise<Answer> {
  const bytes = await readBody(request, MAX_BYTES)
  if (!bytes) return envelope(413, 'payload_too_large')
  const { format, width, height } = await sharp(bytes, { limitInputPixels: 40_000_000 })
    .metadata()
    .catch(() => ({ format: undefined, width: 0, height: 0 }))
  const ending = format && endings[format]
  if (!ending || !width || !height) return envelope(422, 'validation_failed (image)')
  const [id] = store.newImageIds(1)
  const name = `reference-${id}.${ending}`
  store.keepReference(name, bytes)
  return { status: 201, body: { image: `1/${name}`, width, height } }
}
