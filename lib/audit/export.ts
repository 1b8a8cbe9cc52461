import 'server-only'
import { Readable } from 'node:stream'
import type { Actor } from '@/lib/access/actor'
import { requirePermission } from '@/lib/access/permissions'
import { readEntries, type EntryRow } from '@/lib/audit/entries'
import { presenter } from '@/lib/audit/present'
import type { AuditFilters, AuditItem } from '@/lib/audit/schema'
import { auditAct } from '@/lib/audit/server'
import { BYTE_ORDER_MARK, csvResponse } from '@/lib/platform/csv-response'
import { encodeCursor } from '@/lib/platform/cursor'
import { db } from '@/lib/platform/db'
import { presentRows } from '@/lib/platform/present-rows'
import { csvLine } from '@/lib/text/csv'

const PIECE_ROWS = 500
const COLUMNS = [
  'time',
  'act',
  'person',
  'person id',
  'api key',
  'api key prefix',
  'subject',
  'subject id',
  'detail',
]

/** The team's log as it is narrowed down, as a CSV that is written while it is read. Leaves an entry itself. */
export async function exportAudit(actor: Actor, filters: AuditFilters): Promise<Response> {
  requirePermission(actor, 'see_audit')
  await auditAct(db(), actor, { act: 'audit.exported', subject: actor.teamId, detail: { ...filters } })
  const name = `audit-${actor.teamSlug}-${new Date().toISOString().slice(0, 10)}`
  // Node's web stream and the DOM library's are the same object under two types.
  const body = Readable.toWeb(Readable.from(auditCsv(actor.teamId, filters))) as ReadableStream
  return csvResponse(name, body)
}

/** The log of a team, newest first, a piece at a time; also of a team that was deleted. */
export async function* auditCsv(teamId: string, filters: AuditFilters = {}): AsyncGenerator<Buffer> {
  yield Buffer.from(BYTE_ORDER_MARK + csvLine(COLUMNS))
  const read = (cursor?: string) => readEntries(teamId, { ...filters, cursor, take: PIECE_ROWS })
  for await (const items of pieces(read)) yield Buffer.from(items.map(toLine).join(''))
}

/** Every piece of a log that `read` gives newest first. */
export async function* pieces(read: (cursor?: string) => Promise<EntryRow[]>): AsyncGenerator<AuditItem[]> {
  let cursor: string | undefined
  for (;;) {
    const rows = await read(cursor)
    yield presentRows(rows, await presenter(rows))
    const last = rows.at(-1)
    if (!last || rows.length < PIECE_ROWS) return
    cursor = encodeCursor(last)
  }
}

function toLine({ createdAt, act, actor, apiKey, subject, detail }: AuditItem): string {
  return csvLine([
    ...[createdAt, act, actor?.name ?? '', actor?.id ?? ''],
    ...[apiKey?.name ?? '', apiKey?.prefix ?? ''],
    ...[subject.name ?? '', subject.id],
    Object.entries(detail)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join('; '),
  ])
}
