import { z } from 'zod'
import { ROLES, type Role } from '@/lib/access/roles'

export const updateMemberInput = z
  .object({ role: z.enum(ROLES), isDisabled: z.boolean() })
  .partial()
  .refine((input) => Object.keys(input).length > 0, 'empty')
export type UpdateMemberInput = z.input<typeof updateMemberInput>

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
