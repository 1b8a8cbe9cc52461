import 'server-only'
import { randomBytes } from 'node:crypto'
import { audit } from '@/lib/audit/server'
import type { Tx } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { selectTeam } from '@/lib/teams/present'
import { slugFor } from '@/lib/teams/slug'

const ADDRESS_LOCK = 4_310_002

/** Makes a team with its first owner, inside the act's transaction. A taken address gets a number, then letters;
 * one at a time, or two of one name would find the same address free. */
export async function createTeam(tx: Tx, { name, ownerId }: { name: string; ownerId: string }) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADDRESS_LOCK})`
  const team = await tx.team.create({
    data: {
      name,
      timeZone: env().STUDIO_TIME_ZONE,
      slug: await freeSlug(tx, slugFor(name)),
      memberships: { create: { userId: ownerId, role: 'owner' } },
    },
    select: selectTeam,
  })
  await tx.user.update({ where: { id: ownerId }, data: { lastTeamId: team.id } })
  await audit(tx, {
    teamId: team.id,
    actorId: ownerId,
    act: 'team.created',
    subject: team.id,
    detail: { name },
  })
  return team
}

async function freeSlug(tx: Tx, wanted: string): Promise<string> {
  const tries = [wanted, ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${wanted}-${number}`)]
  const taken = await tx.team.findMany({ where: { slug: { in: tries } }, select: { slug: true } })
  const free = tries.find((slug) => taken.every((team) => team.slug !== slug))
  return free ?? `${wanted}-${randomBytes(2).toString('hex')}`
}
