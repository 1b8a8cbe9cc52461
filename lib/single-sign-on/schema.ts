import { z } from 'zod'
import type { ProviderId, SignInProvider } from '@/lib/account/identity'
import { domainProblem } from '@/lib/single-sign-on/domains'

/** Roles that nobody has to be asked for. */
export const JOIN_ROLES = ['member', 'viewer'] as const

const domain = z.string().superRefine((text, context) => {
  const problem = domainProblem(text)
  if (problem) context.addIssue({ code: 'custom', message: problem })
})

export const updateSignInPolicyInput = z
  .object({
    joinDomains: z.array(domain).max(20),
    joinRole: z.enum(JOIN_ROLES),
    requiresSingleSignOn: z.boolean(),
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, 'empty')
export type UpdateSignInPolicyInput = z.input<typeof updateSignInPolicyInput>

export type SignInPolicy = {
  /** Empty: only who is invited joins. */
  joinDomains: string[]
  joinRole: (typeof JOIN_ROLES)[number]
  requiresSingleSignOn: boolean
  /** Somebody of the team has signed in by a provider that is still configured. */
  isProven: boolean
  /** Active members who own no team and have no account linked: the switch would make them link one first. */
  unlinkedMembers: number
  providers: SignInProvider[]
}

export type LinkedAccount = {
  id: string
  provider: ProviderId
  /** The operator's name of `oidc`. */
  name: string | null
  email: string | null
  linkedAt: string
  lastUsedAt: string | null
  /** Another way in remains. */
  canUnlink: boolean
}
export type LinkedAccountList = { items: LinkedAccount[]; nextCursor: null }
