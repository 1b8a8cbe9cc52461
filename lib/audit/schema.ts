import { z } from 'zod'
import { pageQuery } from '@/lib/platform/page-query'
import { AUDIT_KINDS } from '@/lib/audit/acts'

/** A day of the studio's time zone, as the log writes it: 2026-11-28. */
const day = z.iso.date()

export const auditFilters = z.object({
  /** Who did it, or to whom it was done. */
  personId: z.uuid().optional(),
  kind: z.enum(AUDIT_KINDS).optional(),
  /** The first and the last day. */
  from: day.optional(),
  to: day.optional(),
})
export type AuditFilters = z.infer<typeof auditFilters>

export const listAuditQuery = auditFilters.extend({
  ...pageQuery('audit'),
})
export type ListAuditQuery = z.infer<typeof listAuditQuery>

/** A person as the log names them: without a name once they deleted their account. */
const named = z.object({ id: z.string(), name: z.string() })

/** One act. */
export const auditItemResource = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  /** As `kind.verb`: `member.removed`. */
  act: z.string(),
  /** Who did it; null for the studio itself, and for a sign-in that failed. */
  actor: named.nullable(),
  /** The key that did it for them, whether it still stands or not. */
  apiKey: z.object({ name: z.string(), prefix: z.string() }).nullable(),
  /** The id of what it was done to, and its name when that is a person. */
  subject: z.object({ id: z.string(), name: z.string().nullable() }),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditItem = z.infer<typeof auditItemResource>

export const auditPageResource = z.object({
  items: z.array(auditItemResource),
  nextCursor: z.string().nullable(),
})
export type AuditPage = z.infer<typeof auditPageResource>
