import 'server-only'
import { Readable } from 'node:stream'
import { requirePermission } from '@/lib/access/permissions'
import { requireActorIn } from '@/lib/access/server'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { openKept } from '@/lib/upstream/kept-spool'

/**
 * Upstream's own answer as a file, for admins: the bytes as they came where they are kept, else the text that the row
 * has of it. Never shown in place: nobody knows what it is.
 */
export async function serveAnswer(request: Request, id: string): Promise<Response> {
  const row = await db().generation.findUnique({
    where: { id },
    select: { teamId: true, spool: true, answer: true },
  })
  const actor = await requireActorIn(request, row?.teamId, { scope: 'manage' })
  requirePermission(actor, 'see_system')
  const kept = row?.spool ? await openKept(row.spool) : null
  if (kept) return file(id, Readable.toWeb(kept.body), kept.sizeBytes)
  if (!row?.answer) throw new AppError('not_found')
  return file(id, row.answer)
}

function file(id: string, body: unknown, sizeBytes?: number): Response {
  // Node's and the DOM's ReadableStream are the same object under two names
  return new Response(body as BodyInit, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="flamel-${id}.txt"`,
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
      ...(sizeBytes !== undefined && { 'content-length': String(sizeBytes) }),
    },
  })
}
