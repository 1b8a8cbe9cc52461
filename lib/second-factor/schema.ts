import { z } from 'zod'
import { assertion, attestation } from '@/lib/account/passkey-schema'
import { PASSWORD_MAX } from '@/lib/account/password-rules'

/** How a person shows once more that it is them: one of the three. */
export const confirmation = z.union([
  z.object({
    password: z
      .string()
      .min(1)
      .max(PASSWORD_MAX * 4),
  }),
  z.object({ code: z.string().min(6).max(40) }),
  z.object({ passkey: assertion }),
])
export type Confirmation = z.input<typeof confirmation>

export const confirmedInput = z.object({ confirmation })
export const beginInput = z.object({ confirmation: confirmation.optional() })
export const confirmTotpInput = z.object({ token: z.string().max(100), code: z.string().max(40) })

export const PASSKEY_NAME_MAX = 60
const passkeyName = z.string().trim().min(1).max(PASSKEY_NAME_MAX)
export const addPasskeyInput = z.object({ name: passkeyName, response: attestation })
export const renamePasskeyInput = z.object({ name: passkeyName })

export type Passkey = {
  id: string
  name: string
  createdAt: string
  lastUsedAt: string | null
  /** The host that it belongs to when that is another than this one: it cannot be used here. */
  otherHost: string | null
}

/** How the person's sign-in is secured. */
export type SecondFactor = {
  totp: { createdAt: string; lastUsedAt: string | null } | null
  passkeys: Passkey[]
  recoveryCodesLeft: number
  hasPassword: boolean
  /** Whether this address can have passkeys at all. */
  canHavePasskeys: boolean
  /** Whether the first factor is added without a confirmation: the person has just signed in. */
  isFresh: boolean
  /** When somebody else turned it off, until the person says that they have seen it. */
  resetAt: string | null
}

/** What the authenticator app is given, as text and as the address in the QR code; `token` comes back with the first code. */
export type TotpSetUp = { token: string; secret: string; uri: string }

/** Readable only now; null when the person has codes already. */
export type NewRecoveryCodes = { recoveryCodes: string[] | null }
