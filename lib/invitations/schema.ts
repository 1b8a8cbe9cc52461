import { z } from 'zod'
import type { Role } from '@/lib/access/roles'
import { emailAddress, localeName, personName, refuseWeakPassword } from '@/lib/account/schema'

export const INVITATION_DAYS = 7

export const createInvitationInput = z.object({ role: z.enum(['admin', 'member', 'viewer']) })
export type CreateInvitationInput = z.input<typeof createInvitationInput>

const token = z.string().min(20).max(100)

/** `account` makes a new one; without it the person who is signed in joins. */
export const acceptInvitationInput = z.object({
  token,
  account: z
    .object({ name: personName, email: emailAddress, password: z.string(), locale: localeName.optional() })
    .superRefine(refuseWeakPassword)
    .optional(),
})
export type AcceptInvitationInput = z.input<typeof acceptInvitationInput>

export type Invitation = {
  id: string
  role: Role
  createdBy: string
  createdAt: string
  expiresAt: string
}
export type InvitationList = { items: Invitation[]; nextCursor: null }
/** The link as it is sent to somebody; `path` begins with `/`. */
export type InvitationLink = { path: string }
export type InvitationPreview = { team: string; role: Role; invitedBy: string; expiresAt: string }
