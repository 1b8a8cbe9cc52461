import 'server-only'
import { transition } from '@/lib/generations/transition'
import { db, type Tx } from '@/lib/platform/db'
import type { Prisma } from '@/prisma/generated/client'

/** `by_person`, `client_gone`, `queue_timeout`, `no_worker`: as the resource's `statusReason` says it. */
type Reason = 'by_person' | 'client_gone' | 'queue_timeout' | 'no_worker'

/**
 * Takes what waits in the queue out of it, free of charge; what is on its way already ends as it would. Returns what was
 * taken out. Where it follows from an end of rights it runs in the same transaction: nothing is paid for a key that was
 * revoked or for a person who left.
 */
export function cancelQueued(tx: Tx, where: Prisma.GenerationWhereInput, statusReason: Reason = 'by_person') {
  return transition(tx, 'cancel', { where }, { statusReason, charged: 'no', finishedAt: new Date() })
}

/** The same for one generation, in a transaction of its own. */
export const cancelWhereQueued = (id: string, reason: Reason) =>
  db().$transaction((tx) => cancelQueued(tx, { id }, reason))
