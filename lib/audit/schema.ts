import { z } from 'zod'

export const listAuditQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListAuditQuery = z.infer<typeof listAuditQuery>

/** One act on people, keys, links or the team. */
export type AuditItem = {
  id: string
  createdAt: string
  /** As `noun.verb`: `member.removed`. */
  act: string
  /** Who did it; null for the studio itself. */
  actor: { id: string; name: string } | null
  /** The id of what it was done to, and its name when that is a person. */
  subject: { id: string; name: string | null }
  detail: Record<string, unknown>
}

export type AuditPage = { items: AuditItem[]; nextCursor: string | null }
