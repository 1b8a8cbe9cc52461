import 'server-only'
import { randomBytes } from 'node:crypto'
import { newId } from '@/lib/platform/ids'

/**
 * Ids (UUID v7) of the images of one answer, by position. Lists are sorted newest first by time and then by id, so of
 * images that came together the first has the highest id and stands first.
 */
export function imageIds(count: number, now = Date.now()): string[] {
  const shared = randomBytes(6)
  return Array.from({ length: count }, (_, position) =>
    newId(now, Buffer.concat([shared, Buffer.from([0xff - position]), randomBytes(3)])),
  )
}
