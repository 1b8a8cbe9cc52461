import { z } from 'zod'
import { passwordProblem } from '@/lib/account/password-rules'

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
