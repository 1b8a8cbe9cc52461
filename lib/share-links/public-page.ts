import 'server-only'
import { thumbHashToAverageRGBA } from 'thumbhash'
import { widthOf } from '@/lib/images/renditions'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { listImages, type SharedImage } from '@/lib/share-links/images'
import { findOpenLink, isUnlocked, type OpenLink } from '@/lib/share-links/visit'

/** An image as the page shows it; addresses are relative to the site. */
export type PublicImage = {
  id: string
  width: number
  height: number
  /** A CSS colour to stand there until the image arrives; null when none is known. */
  tint: string | null
  prompt: string | null
  preview: string
  /** The sizes that there are, for the browser to choose from. */
  srcSet: string
  /** What the image itself leads to: the original when it may be had, else the preview. */
  full: string
  download: string | null
}

export type PublicPage =
  | { state: 'gone' }
  | { state: 'locked'; token: string; teamName: string }
  | {
      state: 'open'
      token: string
      teamName: string
      makerName: string
      title: string
      expiresAt: Date | null
      timeZone: string
      images: PublicImage[]
      downloadAll: string | null
      /** The card for messengers; null where a password guards the images. */
      card: string | null
    }

/** What a visitor with these headers gets to see. Wrong, expired and revoked look the same: gone. */
export async function readPublicPage(token: string, headers: Headers): Promise<PublicPage> {
  const link = await findOpenLink(token)
  if (!link) return { state: 'gone' }
  if (!isUnlocked(link, headers)) return { state: 'locked', token, teamName: link.teamName }
  const [images, makerName] = await Promise.all([listImages(link), nameOf(link.makerId)])
  return {
    state: 'open',
    token,
    teamName: link.teamName,
    makerName,
    title: link.title,
    expiresAt: link.expiresAt,
    timeZone: env().STUDIO_TIME_ZONE,
    images: images.map((image) => toPublic(image, { link, token })),
    downloadAll: link.allowDownload && images.length > 1 ? `/s/${token}/images.zip` : null,
    card: link.passwordHash === null && images.length > 0 ? `/s/${token}/preview.jpg` : null,
  }
}

function toPublic(image: SharedImage, { link, token }: { link: OpenLink; token: string }): PublicImage {
  const base = `/s/${token}/i/${image.id}`
  const smaller = ['preview', 'thumb'] as const // of an image that is small itself both are the same
  const widths = new Map(smaller.map((variant) => [widthOf(variant, image), variant]))
  return {
    id: image.id,
    width: image.width,
    height: image.height,
    tint: tintOf(image.placeholder),
    prompt: link.showPrompt ? image.prompt : null,
    preview: `${base}/preview`,
    srcSet: [...widths].map(([width, variant]) => `${base}/${variant} ${width}w`).join(', '),
    full: link.allowDownload ? `${base}/original` : `${base}/preview`,
    download: link.allowDownload ? `${base}/original?download` : null,
  }
}

function tintOf(placeholder: string | null): string | null {
  if (!placeholder) return null
  const { r, g, b } = thumbHashToAverageRGBA(Buffer.from(placeholder, 'base64'))
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')})`
}

async function nameOf(userId: string): Promise<string> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { name: true } })
  return user?.name ?? ''
}
