import { z } from 'zod'
import { PASSWORD_MAX } from '@/lib/account/password-rules'
import { emailAddress, localeName, personName } from '@/lib/account/schema'
import type { MyTeam } from '@/lib/teams/schema'

export const THEMES = ['dark', 'light', 'system'] as const

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
export type EmailChange = { state: 'changed' | 'sent' }

export const deleteAccountInput = z.object({ password: anyPassword })

export type ChangePasswordInput = z.input<typeof changePasswordInput>

export type Me = {
  id: string
  name: string
  email: string
  locale: string | null
  theme: string | null
  teams: MyTeam[]
}

export type OpenSession = {
  id: string
  /** What the browser called itself at sign-in. */
  userAgent: string
  createdAt: string
  lastSeenAt: string
  isThisOne: boolean
}
export type OpenSessionList = { items: OpenSession[]; nextCursor: null }
