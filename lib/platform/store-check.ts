import 'server-only'
import { lookAtNewest } from '@/lib/platform/data-directory'
import { adviceFor } from '@/lib/platform/s3-advice'
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
