import { z } from 'zod'
import { ROLES } from '@/lib/access/roles'

export const updateMemberInput = z
  .object({
    role: z.enum(ROLES),
    isDisabled: z.boolean(),
    /** Who takes over the share links of somebody whose access is switched off. */
    heirId: z.uuid(),
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, 'empty')
export type UpdateMemberInput = z.input<typeof updateMemberInput>

/** Without an heir the share links end. */
export const removeMemberQuery = z.object({ heirId: z.uuid().optional() })

/** What a member has in the team that acts by itself, or that others use. */
export const holdingsResource = z.object({
  shareLinks: z.number(),
  /** By name. */
  apiKeys: z.array(z.string()),
  invitations: z.number(),
  templates: z.number(),
  queued: z.number(),
  /** Private generations: nobody but admins sees them afterwards. */
  privates: z.number(),
  /** Of their own, or of their keys. */
  budgets: z.number(),
  /** Who may take over the links. */
  heirs: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type Holdings = z.infer<typeof holdingsResource>

/** `id` is the person's. `email`, `lastSeenAt` and `hasSecondFactor` are told to those who manage members, and of oneself. */
export const memberResource = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(ROLES),
  isDisabled: z.boolean(),
  joinedAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable(),
  hasSecondFactor: z.boolean().nullable(),
})
export type Member = z.infer<typeof memberResource>
export const memberListResource = z.object({ items: z.array(memberResource), nextCursor: z.null() })
export type MemberList = z.infer<typeof memberListResource>

/** `path` begins with `/`. */
export const passwordLinkResource = z.object({ path: z.string(), expiresAt: z.iso.datetime() })
export type PasswordLink = z.infer<typeof passwordLinkResource>
