import 'server-only'
import type { Role } from '@/lib/access/roles'
import type { Invitation } from '@/lib/invitations/schema'
import type { MailAbout } from '@/lib/mail/status'

type Row = { id: string; email: string | null; role: Role; createdAt: Date; expiresAt: Date }
type Beside = { createdBy: string; mail?: MailAbout }

export function toInvitation(row: Row, { createdBy, mail }: Beside): Invitation {
  const { id, email, role, createdAt, expiresAt } = row
  return {
    ...{ id, email, role, createdBy },
    mail: mail?.state ?? 'none',
    problem: mail?.problem ?? null,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
