import 'server-only'
import { audit } from '@/lib/audit/server'
import { cancelQueued } from '@/lib/generations/cancel'
import type { Tx } from '@/lib/platform/db'
import { publish } from '@/lib/platform/events'
import { forgetKey } from '@/lib/upstream/keys'

/** Whoever ends teams waits for whoever does so already: each must see whether another team is left. */
export async function lockTeams(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Team" WHERE "deletedAt" IS NULL ORDER BY "id" FOR UPDATE`
}

type Ended = { team: { id: string; name: string }; actorId: string; apiKeyId: string | null }

/**
 * Ends a team, under `lockTeams`. Nobody opens its log any more, so its end stands, with its name, in the logs of the
 * other teams of its owners too.
 */
export async function endTeam(tx: Tx, { team: { id, name }, ...by }: Ended): Promise<void> {
  await tx.team.updateMany({ where: { id, deletedAt: null }, data: { deletedAt: new Date() } })
  await cancelQueued(tx, { teamId: id })
  await forgetKey(tx, id)
  const owners = await tx.membership.findMany({
    where: { teamId: id, role: 'owner' },
    select: { userId: true },
  })
  const others = await tx.membership.findMany({
    where: {
      userId: { in: owners.map(({ userId }) => userId) },
      role: 'owner',
      disabledAt: null,
      team: { deletedAt: null },
    },
    select: { teamId: true },
    distinct: ['teamId'],
  })
  for (const teamId of [id, ...others.map((other) => other.teamId)])
    await audit(tx, { teamId, ...by, act: 'team.deleted', subject: id, detail: { name } })
  await publish(tx, { team: id, kind: 'team', id })
}
