import 'server-only'
import { lookAtNewest } from '@/lib/platform/data-directory'
import { objectStore } from '@/lib/platform/storage'

const MOVE = 'npm run -s studio -- storage move --to s3'

/** Why the object store of this server cannot be used, in words for its operator; null when it can, or there is none. */
export async function findStoreProblem(): Promise<string | null> {
  const store = objectStore()
  if (!store) return null
  return store.probe().then(
    () => null,
    (error: unknown) => `the object store ${store.address} cannot be used: ${adviceFor(error)}`,
  )
}

/**
 * Makes sure that the object store, if there is one, can be read and written, and has the images that the database
 * knows. Throws one sentence otherwise.
 */
export async function demandStore(): Promise<void> {
  const store = objectStore()
  if (!store) return
  const problem = await findStoreProblem()
  if (problem) throw new Error(problem)
  const { looked, missing } = await lookAtNewest()
  if (looked > 0 && missing === looked)
    throw new Error(
      `the object store ${store.address} has none of the images that this database knows: set STORAGE_URL to the one that has them, or bring them there from the disk with \`${MOVE}\`.`,
    )
}

function adviceFor(error: unknown): string {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : -1
  const reason = error instanceof Error && 'reason' in error ? String(error.reason) : String(error)
  const said = reason || String(status)
  if (status === 0) return `it cannot be reached (${said}): check S3_ENDPOINT.`
  if (status === 404) return `it has no such bucket (${said}): make it, or set STORAGE_URL to another.`
  if (status === 301 || reason === 'AuthorizationHeaderMalformed')
    return `the bucket is in another region (${said}): set S3_REGION.`
  if (reason === 'RequestTimeTooSkewed') return `the clock of this machine is wrong (${said}).`
  if (status === 401 || /^(InvalidAccessKeyId|SignatureDoesNotMatch)$/.test(reason))
    return `it does not know the access key (${said}): check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.`
  if (status === 403)
    return `the access key may not list, read, write and delete in it (${said}): give it these rights.`
  return `it answered ${said}.`
}
