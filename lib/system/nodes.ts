import 'server-only'
import { UNDER_WAY_SQL } from '@/lib/generations/status-sql'
import { db } from '@/lib/platform/db'
import { livingProcesses, processId } from '@/lib/platform/process'
import { toNode, type NodeRow } from '@/lib/system/present'
import type { Node } from '@/lib/system/schema'

/** Longer than a process takes to open its connection again. */
const GONE_AFTER_S = 10
const MOST = 200

/**
 * Every process of this studio, on whatever machine, and those that went within the last hour without a word. A killed
 * one has no connection any more; what it had claimed is its own until its lease ends.
 */
export async function listNodes(): Promise<Node[]> {
  const living = [...(await livingProcesses()).ids]
  const rows = await db().$queryRaw<NodeRow[]>`
    SELECT n.id::text, n.name, n.role, n.version, n."loopDelayMs", n."eventDelayMs", n."seenAt", n."startedAt",
      n.id = ${processId()}::uuid AS "isOwn",
      CASE WHEN n.id::text <> ALL (${living}::text[]) AND n."seenAt" < now() - make_interval(secs => ${GONE_AFTER_S}) THEN 'gone'
        WHEN n."isDraining" THEN 'draining' ELSE 'ready' END AS state,
      (SELECT count(*)::int FROM "Generation" g
       WHERE g."leaseOwner" = n.id AND g.status IN ${UNDER_WAY_SQL}) AS "underWay"
    FROM "Node" n WHERE n.id::text = ANY (${living}::text[]) OR n."seenAt" > now() - interval '1 hour'
    ORDER BY n.name, n."startedAt", n.id LIMIT ${MOST}`
  return rows.map(toNode)
}
