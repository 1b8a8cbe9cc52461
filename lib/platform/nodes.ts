import 'server-only'
import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { db } from '@/lib/platform/db'
import { isDraining } from '@/lib/platform/draining'
import { env } from '@/lib/platform/env'
import { eventDelayMs } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { loopDelayMs } from '@/lib/platform/metrics'
import { livingProcesses, processId } from '@/lib/platform/process'
import { keyFor } from '@/lib/platform/secret'
import { shared } from '@/lib/platform/shared'
import { s3Settings } from '@/lib/platform/storage-settings'
import { version } from '@/package.json'

const BEAT_MS = 5_000

/** What a process does: serves pages, sends calls, or both. */
export type NodeRole = 'web' | 'worker' | 'both'

/** What processes of one studio have to agree on. */
type Agreed = { imagesIn: string; secretCheck: string }

/** How this process is called where all are listed. */
const nodeName = (): string => env().STUDIO_NODE_NAME ?? `${hostname()}:${process.pid}`

/**
 * Tells the database of this process, again and again while it lives, and makes sure that it agrees with those that were
 * there before. Throws one sentence otherwise: nobody would notice until a key cannot be read or an image is not there.
 */
export async function joinNodes(role: NodeRole): Promise<void> {
  await forgetGone(role)
  await tell(role)
  await demandAgreement().catch(async (error: unknown) => {
    await leaveNodes()
    throw error
  })
  clearInterval(beating().timer)
  const beat = () => tell(role).catch((error: unknown) => log.warn('nodes.untold', { error }))
  beating().timer = setInterval(beat, BEAT_MS).unref()
  beating().now = beat
}

/** Tells at once that this process is stopping, instead of with the next beat. */
export const tellNodes = (): Promise<void> => beating().now()

/** Takes the process off the list: it ends in order. */
export async function leaveNodes(): Promise<void> {
  clearInterval(beating().timer)
  await db().node.deleteMany({ where: { id: processId() } })
}

type Beating = { timer?: NodeJS.Timeout; now: () => Promise<void> }
const beating = () => shared<Beating>('nodes.beating', () => ({ now: async () => undefined }))

async function tell(role: NodeRole): Promise<void> {
  const { imagesIn, secretCheck } = ownPart()
  await db().$executeRaw`
    INSERT INTO "Node" (id, name, role, version, "imagesIn", "secretCheck", "isDraining", "loopDelayMs", "eventDelayMs")
    VALUES (${processId()}::uuid, ${nodeName()}, ${role}, ${version}, ${imagesIn}, ${secretCheck}, ${isDraining()},
      ${loopDelayMs()}, ${eventDelayMs()})
    ON CONFLICT (id) DO UPDATE SET "seenAt" = now(), "isDraining" = excluded."isDraining",
      "loopDelayMs" = excluded."loopDelayMs", "eventDelayMs" = excluded."eventDelayMs"`
}

/** Rows of processes that were killed: after a day, or when one of the same name and role takes their place. */
async function forgetGone(role: NodeRole): Promise<void> {
  const { ids } = await livingProcesses()
  await db().$executeRaw`
    DELETE FROM "Node" WHERE NOT (id::text = ANY(${[...ids]}::text[]))
      AND ("seenAt" < now() - interval '1 day' OR (name = ${nodeName()} AND role = ${role}))`
}

/** Of two that begin at once the later one gives way. */
async function demandAgreement(): Promise<void> {
  const problem = await findDisagreement()
  if (problem) throw new Error(problem)
}

/** What this process and an older one that lives do not agree on, in words for the operator; null when there is nothing. */
export async function findDisagreement(): Promise<string | null> {
  const { ids } = await livingProcesses()
  const own = ownPart()
  const others = await db().$queryRaw<({ id: string; name: string } & Agreed)[]>`
    SELECT n.id::text, n.name, n."imagesIn", n."secretCheck"
    FROM "Node" n LEFT JOIN "Node" own ON own.id = ${processId()}::uuid
    WHERE n.id <> ${processId()}::uuid AND (own.id IS NULL OR (n."startedAt", n.id) < (own."startedAt", own.id))`
  for (const { id, name, imagesIn, secretCheck } of others) {
    if (!ids.has(id)) continue
    if (secretCheck !== own.secretCheck)
      return `the process ${name} on this database has another secret: set STUDIO_SECRET to the same value on every machine.`
    if (imagesIn !== own.imagesIn)
      return `the process ${name} on this database keeps images in ${imagesIn}, this one in ${own.imagesIn}: set STORAGE_URL to the same value on every machine.`
  }
  return null
}

function ownPart(): Agreed {
  const store = s3Settings(env())
  const imagesIn = store ? `s3://${store.bucket}/${store.prefix}` : 'the data directory'
  return { imagesIn, secretCheck: createHash('sha256').update(keyFor('node:check')).digest('hex') }
}
