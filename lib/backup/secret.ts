import 'server-only'
import { existsSync } from 'node:fs'
import { env } from '@/lib/platform/env'
import { hashOf } from '@/lib/platform/storage'
import { keyFor, secretFile } from '@/lib/platform/secret'

/** Tells one secret from another without saying it. */
export const secretCheck = (): string => hashOf(keyFor('backup:check'))

/** Whether this server has the secret that the check was made with. Makes none where there is none. */
export function hasSecret(check: string): boolean {
  const isThere = env().STUDIO_SECRET !== undefined || existsSync(secretFile())
  return isThere && secretCheck() === check
}
