import { randomBytes, randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { makeMember } from '@/e2e/support/people'
import type { Actor } from '@/lib/access/actor'
import { scopesOf, type Role } from '@/lib/access/roles'
import { db } from '@/lib/platform/db'
import { storeBlob } from '@/lib/platform/storage'

/** A new person of that role in the team, as the actor of a session. */
export async function makeActor(team: { id: string; slug: string }, role: Role): Promise<Actor> {
  const { id } = await makeMember(team.id, role)
  return {
    userId: id,
    teamId: team.id,
    teamSlug: team.slug,
    role,
    scopes: scopesOf(role),
    principal: id,
    via: 'session',
    sessionId: randomUUID(),
  }
}

/** The server's sandbox account, made when it is not there. */
export async function makeSandboxAccount() {
  return db().upstreamAccount.upsert({
    where: { kind_keyFingerprint: { kind: 'sandbox', keyFingerprint: 'sandbox' } },
    create: { kind: 'sandbox', keyFingerprint: 'sandbox', baseUrl: 'http://127.0.0.1:4010' },
    update: {},
  })
}

type Made = {
  count?: number
  prompt?: string
  styleId?: number
  groupId?: string
  width?: number
  height?: number
}

/** A finished generation of the actor with real images on disk, each of another colour. */
export async function makeGeneration(actor: Actor, made: Made = {}) {
  const {
    count = 1,
    prompt = '감 네 개',
    styleId = 101,
    groupId = randomUUID(),
    width = 96,
    height = 64,
  } = made
  const account = await makeSandboxAccount()
  const generation = await db().generation.create({
    data: {
      teamId: actor.teamId,
      makerId: actor.userId,
      principal: actor.principal,
      accountId: account.id,
      status: 'succeeded',
      sentAt: new Date(),
      finishedAt: new Date(),
      groupId,
      prompt,
      ratio: '1:1',
      sample: count,
      sourceKind: 'style',
      styleId,
      request: { prompt, ratio: '1:1', styleId, sample: count },
      requestHash: randomUUID(),
    },
  })
  const images = []
  for (let position = 0; position < count; position += 1) {
    images.push(await makeImage(actor, generation, { position, width, height }))
  }
  return { generation, images }
}

type Shape = { position: number; width: number; height: number }

async function makeImage(
  actor: Actor,
  generation: { id: string; accountId: string },
  { position, width, height }: Shape,
) {
  const [r = 0, g = 0, b = 0] = randomBytes(3)
  const bytes = await sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .webp()
    .toBuffer()
  const stored = await storeBlob(actor.teamId, bytes)
  const blob = await db().blob.upsert({
    where: { teamId_sha256: { teamId: actor.teamId, sha256: stored.sha256 } },
    create: { ...stored, teamId: actor.teamId, mimeType: 'image/webp' },
    update: {},
  })
  return db().image.create({
    data: {
      generationId: generation.id,
      position,
      teamId: actor.teamId,
      accountId: generation.accountId,
      makerId: actor.userId,
      state: 'completed',
      blobId: blob.id,
      width,
      height,
      ratio: '1:1',
    },
  })
}
