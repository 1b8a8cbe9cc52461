import { z } from 'zod'
import { PASSWORD_MAX, passwordProblem } from '@/lib/account/password-rules'

export const personName = z.string().trim().min(1).max(80)
export const emailAddress = z
  .string()
  .trim()
  .max(254)
  .transform((email) => email.normalize('NFKC').toLowerCase())
  .pipe(z.email())
export const localeName = z.enum(['ko', 'en'])

type WithPassword = { password: string; email?: string }

/** Adds the complaint about a new password, under its problem's own code, to an input that has one. */
export function refuseWeakPassword({ password, email }: WithPassword, context: z.RefinementCtx): void {
  const problem = passwordProblem(password, email)
  if (problem) context.addIssue({ code: 'custom', path: ['password'], message: problem })
}

/** Asks for a link by mail: to sign in with, or to choose a new password. */
export const accountLinkInput = z.object({
  email: emailAddress,
  purpose: z.enum(['sign_in', 'reset']),
  /** The language of the page, for whom no other is known. */
  locale: localeName.optional(),
})
export type AccountLinkInput = z.input<typeof accountLinkInput>

export const linkToken = z.string().min(20).max(100)
export const emailConfirmationInput = z.object({ token: linkToken })

export const passwordResetInput = z.object({
  token: linkToken,
  password: z
    .string()
    .min(1)
    .max(PASSWORD_MAX * 4),
})
export type PasswordResetInput = z.input<typeof passwordResetInput>
