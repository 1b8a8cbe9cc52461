import type { BlobName } from '@/lib/platform/blob-store'

/** What every blob's key begins with, below the prefix of the bucket: as in a data directory. */
export const BLOBS = 'blobs/'
/** Notes of removals that are under way. */
export const NOTES = 'removing/'

/** Answers of an image service that could not be read whole, by their name in the spool. */
export const ANSWERS = 'answers/'

export const keyOf = ({ teamId, sha256 }: BlobName) => `${BLOBS}${teamId}/${sha256.slice(0, 2)}/${sha256}`

export const noteOf = ({ teamId, sha256 }: BlobName) => `${NOTES}${teamId}/${sha256}`

export function nameOf(key: string): BlobName | null {
  const [, teamId, sha256] = /^blobs\/([^/]+)\/[\da-f]{2}\/([\da-f]{64})$/.exec(key) ?? []
  return teamId && sha256 ? { teamId, sha256 } : null
}
