import 'server-only'
import { db, type Tx } from '@/lib/platform/db'

/** Of a person who has set up a second factor: an authenticator app or a passkey. */
export const hasOne = { OR: [{ totpFactor: { isNot: null } }, { passkeys: { some: {} } }] }

/** Whether the person has set up a second factor. */
export async function hasSecondFactor(userId: string, tx: Tx = db()): Promise<boolean> {
  return (await tx.user.findFirst({ where: { id: userId, ...hasOne }, select: { id: true } })) !== null
}
