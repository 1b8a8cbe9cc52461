import type { Image } from '@/lib/images/schema'

export function fileNameOf({ imageId, id, mimeType }: Pick<Image, 'imageId' | 'id' | 'mimeType'>): string {
  return `flamel-${imageId ?? id}.${mimeType?.split('/')[1] ?? 'webp'}`
}
