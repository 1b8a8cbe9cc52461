import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Actor } from '@/lib/access/actor'
import { authenticateKey } from '@/lib/access/api-key'
import { findMemberActor } from '@/lib/access/server'
import { findSession, readSessionToken, type SignedIn } from '@/lib/access/session'
import { canSee } from '@/lib/access/visibility'
import { db } from '@/lib/platform/db'
import { isAppError } from '@/lib/platform/errors'
import type { Heard } from '@/lib/platform/event'
import { isLive, subscribe } from '@/lib/platform/events'
import { shared } from '@/lib/platform/shared'
import { startOf } from '@/lib/text/letters'

/** How long an answer about a person may be remembered at all; each expiry also notes that the session is in use. */
const REMEMBERED_MS = 30_000

/** Bytes that may be answered: where they lie and what they are. `thumb` is null until it is made. */
export type Asset = {
  id: string
  teamId: string
  makerId: string
  isPrivate: boolean
  generationId: string
  original: File
  thumb: File | null
  isBlurred: boolean
  title: string
  position: number
}
type File = { sha256: string; sizeBytes: number; mimeType: string }

/** What a request shows to say who asks: header values as they came. */
export type Credentials = { cookie?: string; apiKey?: string; forwardedProto?: string }
/** What the asker is in each team that was asked about; null where they are nothing. */
type Asker = { actors: Map<string, Actor | null>; session?: SignedIn; key?: Actor }

type Memory = {
  askers: LRUCache<string, Asker>
  assets: LRUCache<string, Asset>
  /** Grows with each event that may take something away: what was asked before it is not kept. */
  epoch: number
}

const memory = () =>
  shared<Memory>('images.access', () => {
    const made: Memory = {
      askers: new LRUCache({ max: 5_000, ttl: REMEMBERED_MS }),
      assets: new LRUCache({ max: 20_000 }),
      epoch: 0,
    }
    subscribe((heard) => forget(made, heard))
    return made
  })

function forget(known: Memory, heard: Heard): void {
  if (heard.kind === 'image') {
    known.epoch += 1
    for (const [id, asset] of known.assets)
      if (id === heard.id || asset.generationId === heard.id) known.assets.delete(id)
  }
  if (['session', 'member', 'api-key', 'team', 'resync'].includes(heard.kind)) {
    known.epoch += 1
    known.askers.clear()
  }
  if (heard.kind === 'resync') known.assets.clear()
}

/**
 * The image's bytes when this request may see them; null for strangers and for what is not there, alike. Answers
 * come from memory only while events are surely heard, so whatever is revoked is revoked with the next request.
 */
export async function findAsset(credentials: Credentials, imageId: string): Promise<Asset | null> {
  const known = isLive() ? memory() : undefined
  const asker = await findAsker(credentials, known)
  if (!asker) return null
  const asset = await findKnownAsset(imageId, known)
  const actor = asset && (await actorIn(asker, asset.teamId, known))
  return actor && canSee(actor, asset) ? asset : null
}

async function findAsker(credentials: Credentials, known?: Memory): Promise<Asker | null> {
  const { cookie, apiKey, forwardedProto } = credentials
  const headers = new Headers({ cookie: cookie ?? '', 'x-forwarded-proto': forwardedProto ?? '' })
  if (apiKey !== undefined) return findKey(apiKey)
  const token = readSessionToken(headers)
  if (token === null) return null
  const remembered = known?.askers.get(token)
  if (remembered) return remembered
  const epoch = known?.epoch
  const asker = await findPerson(headers)
  if (asker && known && known.epoch === epoch) known.askers.set(token, asker)
  return asker
}

async function findPerson(headers: Headers): Promise<Asker | null> {
  const session = await findSession(headers)
  return session && { session, actors: new Map() }
}

async function findKey(secret: string): Promise<Asker | null> {
  const presented = await authenticateKey(secret)
  if (presented.state !== 'ok' || !presented.actor.scopes.includes('read')) return null
  return { key: presented.actor, actors: new Map() }
}

async function actorIn(asker: Asker, teamId: string, known?: Memory): Promise<Actor | null> {
  if (!asker.session) return asker.key?.teamId === teamId ? asker.key : null
  const remembered = known && asker.actors.get(teamId)
  if (remembered !== undefined) return remembered
  const epoch = known?.epoch
  const actor = await actorOf(asker.session, teamId)
  if (known && known.epoch === epoch) asker.actors.set(teamId, actor)
  return actor
}

/** Who first has to set up a second factor sees nothing of the team. */
async function actorOf(session: SignedIn, teamId: string): Promise<Actor | null> {
  return findMemberActor(session, teamId).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'second_factor_required') return null
    throw error
  })
}

async function findKnownAsset(imageId: string, known?: Memory): Promise<Asset | null> {
  const remembered = known?.assets.get(imageId)
  if (remembered) return remembered
  const epoch = known?.epoch
  const asset = await readAsset(imageId)
  if (asset && known && known.epoch === epoch) known.assets.set(imageId, asset)
  return asset
}

const file = { select: { sha256: true, sizeBytes: true, mimeType: true } } as const

async function readAsset(id: string): Promise<Asset | null> {
  const row = await db().image.findUnique({
    where: { id },
    select: {
      teamId: true,
      makerId: true,
      isPrivate: true,
      generationId: true,
      position: true,
      blurReason: true,
      ...{ blob: file, thumbnail: file },
      generation: { select: { prompt: true } },
    },
  })
  if (!row?.blob) return null
  const { teamId, makerId, isPrivate, generationId, position, blob, thumbnail, generation } = row
  return {
    ...{ id, teamId, makerId, isPrivate, generationId, position },
    original: blob,
    thumb: thumbnail,
    isBlurred: row.blurReason !== null,
    title: startOf(generation.prompt, 80),
  }
}
