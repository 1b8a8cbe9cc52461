import 'server-only'
import { createHmac, randomInt } from 'node:crypto'
import type { Tx } from '@/lib/platform/db'
import { keyFor } from '@/lib/platform/secret'

const COUNT = 10
const LENGTH = 10
/** Without what looks alike: 0 O, 1 I L, U V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Makes the person ten new codes (49 bits each), which replace all they had. Only now can they be read. */
export async function renewRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode)
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, hash: hashOf(userId, code) })) })
  return codes
}

/** Uses a code up, however it is written; of several at once exactly one gets it. */
export async function takeRecoveryCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, hash: hashOf(userId, code), usedAt: null },
    data: { usedAt: new Date() },
  })
  return count === 1
}

function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`
}

function hashOf(userId: string, code: string): Uint8Array<ArrayBuffer> {
  const letters = code.toUpperCase().replace(/[^0-9A-Z]/g, '')
  const hmac = createHmac('sha256', keyFor('recovery-code')).update(`${userId} ${letters}`)
  return new Uint8Array(hmac.digest())
}
