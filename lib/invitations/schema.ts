import { z } from 'zod'
import { type Role, ROLES } from '@/lib/access/roles'
import { emailAddress, linkToken, localeName, personName, refuseWeakPassword } from '@/lib/account/schema'
import { ADDRESSES_MAX, INVITATION_DAYS, VALID_DAYS } from '@/lib/invitations/limits'

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

/** The team that somebody joined. */
export const joinedResource = z.object({ team: z.object({ slug: z.string() }) })
export type Joined = z.infer<typeof joinedResource>

/** `mail`: whether one was sent, and what became of it; `problem` is what the mail server said. */
export const invitationResource = z.object({
  id: z.string(),
  /** Whom it was made for; null for a link that anybody may be given. */
  email: z.string().nullable(),
  mail: z.enum(['none', 'waiting', 'sent', 'failed']),
  problem: z.string().nullable(),
  role: z.enum(ROLES),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type Invitation = z.infer<typeof invitationResource>
export const invitationListResource = z.object({ items: z.array(invitationResource), nextCursor: z.null() })
export type InvitationList = z.infer<typeof invitationListResource>
/** The link as it is sent to somebody; `path` begins with `/`. */
export const invitationLinkResource = z.object({ path: z.string() })
export type InvitationLink = z.infer<typeof invitationLinkResource>
/** `skipped` are addresses that were not invited: of members, and of those whose invitation is still open. */
export const invitedResource = z.object({
  items: z.array(invitationResource.extend(invitationLinkResource.shape)),
  skipped: z.array(z.object({ email: z.string(), reason: z.enum(['member', 'invited']) })),
})
export type Invited = z.infer<typeof invitedResource>
/** `hasAccount`: somebody signs in with the address that it was made for. */
export type InvitationPreview = {
  team: string
  role: Role
  invitedBy: string
  expiresAt: string
  email: string | null
  hasAccount: boolean
}
