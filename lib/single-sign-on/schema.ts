import { z } from 'zod'
import { PROVIDER_IDS } from '@/lib/account/identity'
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

export const signInPolicyResource = z.object({
  /** Empty: only who is invited joins. */
  joinDomains: z.array(z.string()),
  joinRole: z.enum(JOIN_ROLES),
  requiresSingleSignOn: z.boolean(),
  /** Somebody of the team has signed in by a provider that is still configured. */
  isProven: z.boolean(),
  /** Active members who own no team and have no account linked: the switch would make them link one first. */
  unlinkedMembers: z.number(),
  providers: z.array(z.object({ id: z.enum(PROVIDER_IDS), name: z.string().nullable() })),
})
export type SignInPolicy = z.infer<typeof signInPolicyResource>

export const linkedAccountResource = z.object({
  id: z.string(),
  provider: z.enum(PROVIDER_IDS),
  /** The operator's name of `oidc`. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  linkedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** Another way in remains. */
  canUnlink: z.boolean(),
})
export type LinkedAccount = z.infer<typeof linkedAccountResource>
export const linkedAccountListResource = z.object({
  items: z.array(linkedAccountResource),
  nextCursor: z.null(),
})
export type LinkedAccountList = z.infer<typeof linkedAccountListResource>
