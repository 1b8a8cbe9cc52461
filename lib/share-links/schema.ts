import { z } from 'zod'
import { pageQuery } from '@/lib/platform/page-query'
import { IMAGES_SHOWN, LINK_PASSWORD_MAX, LINK_PASSWORD_MIN } from '@/lib/share-links/limits'

export const SHARE_TARGETS = ['image', 'generation', 'group', 'selection'] as const
export type ShareTarget = (typeof SHARE_TARGETS)[number]

const title = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(
    z
      .string()
      .max(120)
      .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), { message: 'has a control character' }),
  )
const expiresInDays = z.number().int().min(1).max(365).nullable()
const password = z.string().min(LINK_PASSWORD_MIN).max(LINK_PASSWORD_MAX).nullable()

/** A group is named by Flamel's groupId, which is any text; a selection lists images; the others are rows of ours. */
const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('image'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('generation'), id: z.uuid() }),
  z.strictObject({ kind: z.literal('group'), id: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('selection'), ids: z.array(z.uuid()).min(1).max(IMAGES_SHOWN) }),
])
export type ShareLinkTarget = z.infer<typeof target>

export const createShareLinkInput = z.strictObject({
  target,
  title: title.default(''),
  /** Days from now; null never ends. */
  expiresInDays: expiresInDays.default(30),
  password: password.default(null),
  showPrompt: z.boolean().default(false),
  allowDownload: z.boolean().default(true),
})
export type CreateShareLinkInput = z.infer<typeof createShareLinkInput>

/** `password: null` takes the password away; a field that is not named stays. */
export const updateShareLinkInput = z
  .strictObject({ title, expiresInDays, password, showPrompt: z.boolean(), allowDownload: z.boolean() })
  .partial()
export type UpdateShareLinkInput = z.infer<typeof updateShareLinkInput>

export const listShareLinksQuery = z
  .object({
    ...pageQuery('links'),
    target: z.enum(SHARE_TARGETS).optional(),
    targetId: z.string().max(200).optional(),
    state: z.enum(['open', 'ended']).optional(),
    mine: z.literal('true').optional(),
  })
  .refine((query) => (query.target === undefined) === (query.targetId === undefined), {
    path: ['targetId'],
    message: 'target and targetId belong together',
  })
export type ListShareLinksQuery = z.infer<typeof listShareLinksQuery>

export const shareLinkState = z.enum(['open', 'expired', 'revoked'])
export type ShareLinkState = z.infer<typeof shareLinkState>

/**
 * A link as its team sees it. `url` is what people send on: absolute when STUDIO_URL is set, else a path of this
 * origin; null only when the studio's secret was changed since.
 */
export const shareLinkResource = z.object({
  id: z.string(),
  target: z.object({ kind: z.enum(SHARE_TARGETS), id: z.string() }),
  title: z.string(),
  url: z.string().nullable(),
  state: shareLinkState,
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  hasPassword: z.boolean(),
  showPrompt: z.boolean(),
  allowDownload: z.boolean(),
  viewCount: z.number(),
  lastViewedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  maker: z.object({ id: z.string(), name: z.string() }),
  /** Of the first image; null where it shows none. */
  prompt: z.string().nullable(),
  /** Images that visitors see now; the first four as `/i/<id>/thumb`. */
  imageCount: z.number(),
  thumbUrls: z.array(z.string()),
  canManage: z.boolean(),
})
export type ShareLink = z.infer<typeof shareLinkResource>

export const shareLinkListResource = z.object({
  items: z.array(shareLinkResource),
  nextCursor: z.string().nullable(),
})
export type ShareLinkList = z.infer<typeof shareLinkListResource>
