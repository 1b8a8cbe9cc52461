import { z } from 'zod'
import { PASSWORD_MAX } from '@/lib/account/password-rules'
import { emailAddress, localeName, personName } from '@/lib/account/schema'
import { THEMES } from '@/lib/i18n/locales'
import { myTeamResource } from '@/lib/teams/schema'

export const updateMeInput = z
  .object({ name: personName, locale: localeName, theme: z.enum(THEMES) })
  .partial()

const password = z
  .string()
  .min(1)
  .max(PASSWORD_MAX * 4)

export const changePasswordInput = z.object({ current: password, next: z.string() })

/** Empty where the person has none. */
const anyPassword = z.string().max(PASSWORD_MAX * 4)

export const changeEmailInput = z.object({ email: emailAddress, password: anyPassword })
export type ChangeEmailInput = z.input<typeof changeEmailInput>
/** `sent`: it counts once the link that was mailed to the new address is opened. */
export const emailChangeResource = z.object({ state: z.enum(['changed', 'sent']) })
export type EmailChange = z.infer<typeof emailChangeResource>

export const deleteAccountInput = z.object({ password: anyPassword })

export type ChangePasswordInput = z.input<typeof changePasswordInput>

export const meResource = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  locale: z.string().nullable(),
  theme: z.string().nullable(),
  teams: z.array(myTeamResource),
})
export type Me = z.infer<typeof meResource>

export const openSessionResource = z.object({
  id: z.string(),
  /** What the browser called itself at sign-in. */
  userAgent: z.string(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  isThisOne: z.boolean(),
})
export type OpenSession = z.infer<typeof openSessionResource>
export const openSessionListResource = z.object({ items: z.array(openSessionResource), nextCursor: z.null() })
export type OpenSessionList = z.infer<typeof openSessionListResource>
