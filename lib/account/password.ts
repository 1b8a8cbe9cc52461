import 'server-only'
import { hash, verify, type Algorithm } from '@node-rs/argon2'
import { shared } from '@/lib/platform/shared'

const argon2id = 2 satisfies Algorithm.Argon2id

/** argon2id with OWASP's first recommendation: 19 MiB, two passes, one lane (about 25 ms here). */
const cost = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The stored form of a password; it is normalised first, so that Hangul typed on another system is the same. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost)
}

/** Whether the password is the one. Without a stored one it takes the same time and says no: no answer tells who exists. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodys()), password.normalize('NFKC'))
  return matches && stored !== null
}

const nobodys = () => shared('nobodys-password', () => hashPassword(crypto.randomUUID()))
