import { z } from 'zod'
import { ROLES, type Role } from '@/lib/access/roles'

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
export type Holdings = {
  shareLinks: number
  /** By name. */
  apiKeys: string[]
  invitations: number
  templates: number
  queued: number
  /** Private generations: nobody but admins sees them afterwards. */
  privates: number
  /** Of their own, or of their keys. */
  budgets: number
  /** Who may take over the links. */
  heirs: { id: string; name: string }[]
}

/** `id` is the person's. `email`, `lastSeenAt` and `hasSecondFactor` are told to those who manage members, and of oneself. */
export type Member = {
  id: string
  name: string
  email: string | null
  role: Role
  isDisabled: boolean
  joinedAt: string
  lastSeenAt: string | null
  hasSecondFactor: boolean | null
}
export type MemberList = { items: Member[]; nextCursor: null }

/** `path` begins with `/`. */
export type PasswordLink = { path: string; expiresAt: string }
