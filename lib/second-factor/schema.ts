import { z } from 'zod'
import { assertion, attestation } from '@/lib/account/passkey-schema'
import { PASSWORD_MAX } from '@/lib/account/password-rules'
import { PASSKEY_NAME_MAX } from '@/lib/second-factor/limits'

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

const passkeyName = z.string().trim().min(1).max(PASSKEY_NAME_MAX)
export const addPasskeyInput = z.object({ name: passkeyName, response: attestation })
export const renamePasskeyInput = z.object({ name: passkeyName })

export const passkeyResource = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** The host that it belongs to when that is another than this one: it cannot be used here. */
  otherHost: z.string().nullable(),
})
export type Passkey = z.infer<typeof passkeyResource>

/** How the person's sign-in is secured. */
export const secondFactorResource = z.object({
  totp: z.object({ createdAt: z.iso.datetime(), lastUsedAt: z.iso.datetime().nullable() }).nullable(),
  passkeys: z.array(passkeyResource),
  recoveryCodesLeft: z.number(),
  hasPassword: z.boolean(),
  /** Whether this address can have passkeys at all. */
  canHavePasskeys: z.boolean(),
  /** Whether the first factor is added without a confirmation: the person has just signed in. */
  isFresh: z.boolean(),
  /** When somebody else turned it off, until the person says that they have seen it. */
  resetAt: z.iso.datetime().nullable(),
})
export type SecondFactor = z.infer<typeof secondFactorResource>

/** What the authenticator app is given, as text and as the address in the QR code; `token` comes back with the first code. */
export const totpSetUpResource = z.object({ token: z.string(), secret: z.string(), uri: z.string() })
export type TotpSetUp = z.infer<typeof totpSetUpResource>

/** Readable only now; null when the person has codes already. */
export const newRecoveryCodesResource = z.object({ recoveryCodes: z.array(z.string()).nullable() })
export type NewRecoveryCodes = z.infer<typeof newRecoveryCodesResource>
