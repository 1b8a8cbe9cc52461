import path from 'node:path'
import { env } from '@/lib/platform/env'

/** Where the file store keeps a blob: for tests that damage it or look at it from outside. */
export const blobFile = (teamId: string, sha256: string): string =>
  path.join(env().dataDir, 'blobs', teamId, sha256.slice(0, 2), sha256)
