import { z } from 'zod'
import type { Role } from '@/lib/access/roles'
import { emailAddress, linkToken, localeName, personName, refuseWeakPassword } from '@/lib/account/schema'

export const INVITATION_DAYS = 7

/** How long an invitation may be good for. */
export const VALID_DAYS = [1, 7, 30] as const
/** So many addresses at once. */
export const ADDRESSES_MAX = 50

const role = z.enum(['admin', 'member', 'viewer'])
const days = z.literal(VALID_DAYS).default(INVITATION_DAYS)

export const createInvitationInput = z.object({ role, days })
export type CreateInvitationInput = z.input<typeof createInvitationInput>

/** One invitation for each address. `locale` is the language of the mail to those whose own is not known. */
export const inviteByEmailInput = z.object({
  role,
  days,
  emails: z.array(emailAddress).min(1).max(ADDRESSES_MAX),
  locale: localeName.optional(),
})
export type InviteByEmailInput = z.input<typeof inviteByEmailInput>

/** `account` makes a new one; without it the person who is signed in joins. */
export const acceptInvitationInput = z.object({
  token: linkToken,
  account: z
    .object({ name: personName, email: emailAddress, password: z.string(), locale: localeName.optional() })
    .superRefine(refuseWeakPassword)
    .optional(),
})
export type AcceptInvitationInput = z.input<typeof acceptInvitationInput>

/** `mail`: whether one was sent, and what became of it; `problem` is what the mail server said. */
export type Invitation = {
  id: string
  /** Whom it was made for; null for a link that anybody may be given. */
  email: string | null
  mail: 'none' | 'waiting' | 'sent' | 'failed'
  problem: string | null
  role: Role
  createdBy: string
  createdAt: string
  expiresAt: string
}
export type InvitationList = { items: Invitation[]; nextCursor: null }
/** The link as it is sent to somebody; `path` begins with `/`. */
export type InvitationLink = { path: string }
/** `skipped` are addresses that were not invited: of members, and of those whose invitation is still open. */
export type Invited = {
  items: (Invitation & InvitationLink)[]
  skipped: { email: string; reason: 'member' | 'invited' }[]
}
/** `hasAccount`: somebody signs in with the address that it was made for. */
export type InvitationPreview = {
  team: string
  role: Role
  invitedBy: string
  expiresAt: string
  email: string | null
  hasAccount: boolean
}
