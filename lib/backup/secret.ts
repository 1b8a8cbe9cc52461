import 'server-only'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { env } from '@/lib/platform/env'
import { hashOf } from '@/lib/platform/storage'
import { keyFor } from '@/lib/platform/secret'

/** Tells one secret from another without saying it. */
export const secretCheck = (): string => hashOf(keyFor('backup:check'))

/** Whether this server has the secret that the check was made with. Makes none where there is none. */
export function hasSecret(check: string): boolean {
  const isThere = env().STUDIO_SECRET !== undefined || existsSync(path.join(env().dataDir, 'secret'))
  return isThere && secretCheck() === check
}
