import 'server-only'
import { db } from '@/lib/platform/db'

export type Admissible = { id: string; email: string; locale: string | null; theme: string | null }

/** The person whom a session may be opened for; null when they are disabled. */
export async function findAdmissible(userId: string): Promise<Admissible | null> {
  return db().user.findUnique({
    where: { id: userId, disabledAt: null },
    select: { id: true, email: true, locale: true, theme: true },
  })
}
