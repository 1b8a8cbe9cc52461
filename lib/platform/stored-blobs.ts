import 'server-only'
import { db } from '@/lib/platform/db'
import type { OwnedBlob } from '@/lib/platform/storage'

const PAGE = 1_000

/** Every blob that the database names, in the order of their rows: what is stored meanwhile comes at the end. */
export async function* storedBlobs(): AsyncGenerator<OwnedBlob> {
  let after: string | undefined
  do {
    const rows = await db().blob.findMany({
      where: after ? { id: { gt: after } } : {},
      orderBy: { id: 'asc' },
      take: PAGE,
      select: { id: true, teamId: true, sha256: true, sizeBytes: true },
    })
    yield* rows
    after = rows.length === PAGE ? rows.at(-1)?.id : undefined
  } while (after)
}
