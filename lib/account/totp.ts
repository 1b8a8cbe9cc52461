import 'server-only'
import { Secret, TOTP } from 'otpauth'
import type { Tx } from '@/lib/platform/db'
import { seal, unseal } from '@/lib/platform/secret'

const PERIOD_S = 30
const ISSUER = 'Flamel Studio'

/** A new secret for an authenticator app: 20 bytes (RFC 4226 §4), in base32 as apps take it. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** The address that an authenticator app reads from the QR code. Nothing but SHA-1, 6 digits, 30 s: apps ignore the rest. */
export function totpUri(secret: string, email: string): string {
  return new TOTP({ issuer: ISSUER, label: email, secret: Secret.fromBase32(secret) }).toString()
}

export const sealTotpSecret = (secret: string): Uint8Array<ArrayBuffer> => seal('totp', secret)
export const unsealTotpSecret = (cipher: Uint8Array): string | null => unseal('totp', cipher)

/** The time step that the code belongs to, within one step of now; null for a code of no such step. */
export function totpStep(secret: string, code: string, now = Date.now()): number | null {
  const delta = TOTP.validate({ token: code, secret: Secret.fromBase32(secret), timestamp: now, window: 1 })
  return delta === null ? null : TOTP.counter({ period: PERIOD_S, timestamp: now }) + delta
}

/** Takes the code of the person's app. Each step counts once, and none before it afterwards, however many ask at once. */
export async function takeTotpCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const factor = await tx.totpFactor.findUnique({ where: { userId }, select: { secretCipher: true } })
  const secret = factor && unsealTotpSecret(factor.secretCipher)
  const step = secret ? totpStep(secret, code) : null
  if (step === null) return false
  const { count } = await tx.totpFactor.updateMany({
    where: { userId, lastStep: { lt: step } },
    data: { lastStep: step, lastUsedAt: new Date() },
  })
  return count === 1
}
