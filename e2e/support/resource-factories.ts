import { randomBytes, randomUUID } from 'node:crypto'
import { makeMember, type TestTeam } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { tokenHash, newToken, seal } from '@/lib/platform/secret'
import { serverAccountId } from '@/lib/upstream/server'

export type Team = TestTeam & { maker: string }
/** Makes the resource that a row's `[id]` names, in the team, by that person; returns its id. */
export type ResourceFactory = (team: Team, makerId: string) => Promise<string>

export const create = { prompt: '감나무', styleId: 101, ratio: '1:1', sample: 1 }

export const generation =
  (status: 'queued' | 'unknown' | 'succeeded'): ResourceFactory =>
  async (team, makerId) => {
    const row = await db().generation.create({
      data: {
        teamId: team.id,
        makerId,
        principal: makerId,
        accountId: await serverAccountId(),
        status,
        groupId: randomUUID(),
        prompt: '감 네 개',
        ratio: '1:1',
        sample: 1,
        sourceKind: 'style',
        styleId: 101,
        request: create,
        sentAt: status === 'queued' ? null : new Date(),
        finishedAt: status === 'queued' ? null : new Date(),
        requestHash: randomUUID(),
      },
      select: { id: true },
    })
    return row.id
  }

/** One that upstream refused in words of its own. */
export const refusedGeneration: ResourceFactory = async (team, makerId) => {
  const id = await generation('unknown')(team, makerId)
  const data = { status: 'failed', errorCode: 'unlisted', answer: 'no', answerStatus: 400 } as const
  await db().generation.update({ where: { id }, data })
  return id
}

export const image: ResourceFactory = async (team, makerId) => {
  const generationId = await generation('succeeded')(team, makerId)
  const accountId = await serverAccountId()
  const bytes = {
    teamId: team.id,
    sha256: randomBytes(32).toString('hex'),
    sizeBytes: 1,
    mimeType: 'image/webp',
  }
  const { id: blobId } = await db().blob.create({ data: bytes, select: { id: true } })
  const data = { teamId: team.id, makerId, accountId, generationId, blobId, position: 0 }
  const row = await db().image.create({
    data: { ...data, state: 'completed', width: 8, height: 8, ratio: '1:1' },
  })
  return row.id
}

export const style: ResourceFactory = async (team) => {
  const styleId = Math.floor(Math.random() * 2 ** 40)
  const data = {
    teamId: team.id,
    accountId: await serverAccountId(),
    styleId,
    nameKo: '이름',
    nameEn: 'Name',
  }
  return (await db().style.create({ data, select: { id: true } })).id
}

export const reference: ResourceFactory = async (team, makerId) => {
  const data = {
    teamId: team.id,
    makerId,
    accountId: await serverAccountId(),
    path: `1/${randomUUID()}.png`,
  }
  return (await db().reference.create({ data, select: { id: true } })).id
}

export const teamBudget = { scope: { kind: 'team' }, unit: 'images', window: 'day', limit: 1e6 }

export const budget: ResourceFactory = async (team) => {
  const data = {
    teamId: team.id,
    scope: 'key',
    subject: randomUUID(),
    unit: 'images',
    window: 'day',
  } as const
  return (await db().budget.create({ data: { ...data, limit: 5 }, select: { id: true } })).id
}

/** One that what anybody of the team generates counts in, and that nobody has asked for. */
export const wholeTeamBudget: ResourceFactory = async ({ id: teamId }) => {
  const key = { teamId, scope: 'team', subject: teamId, unit: 'credits', window: 'month' } as const
  const where = { teamId_scope_subject_unit_window: key }
  await db().budgetRequest.deleteMany({ where: { teamId } })
  return (await db().budget.upsert({ where, create: { ...key, limit: 1e6 }, update: {} })).id
}

export const budgetRequest: ResourceFactory = async (team, askerId) => {
  const data = { teamId: team.id, askerId, subjectId: askerId, budgetId: await budget(team, askerId) }
  return (await db().budgetRequest.create({ data, select: { id: true } })).id
}

export const shareLink: ResourceFactory = async (team, makerId) => {
  const token = newToken()
  const row = await db().shareLink.create({
    data: {
      teamId: team.id,
      makerId,
      target: 'generation',
      targetId: await generation('succeeded')(team, makerId),
      tokenHash: tokenHash(token),
      tokenCipher: seal('share-link', token),
    },
  })
  return row.id
}

export const promptTemplate: ResourceFactory = async (team, makerId) => {
  const data = { teamId: team.id, makerId, name: randomUUID(), text: '{product} on stone' }
  return (await db().promptTemplate.create({ data, select: { id: true } })).id
}

export const campaignSet: ResourceFactory = async (team, makerId) => {
  const data = {
    ...{ teamId: team.id, makerId, name: '세트', prompt: '감나무', groupId: randomUUID() },
    ...{ idempotencyKey: randomUUID(), requestHash: randomUUID() },
  }
  const { id } = await db().campaignSet.create({ data, select: { id: true } })
  const cell = await generation('queued')(team, makerId)
  await db().generation.update({ where: { id: cell }, data: { setId: id, setCell: 0, isSetHead: true } })
  return id
}

export const apiKey: ResourceFactory = async (team, creatorId) => {
  const secret = `fs_${newToken()}`
  const row = await db().apiKey.create({
    data: {
      teamId: team.id,
      creatorId,
      name: 'k',
      prefix: secret.slice(0, 9),
      sha256: tokenHash(secret),
      scopes: ['read'],
    },
  })
  return row.id
}

export const invitation: ResourceFactory = async (team) => {
  const token = newToken()
  const row = await db().invitation.create({
    data: {
      teamId: team.id,
      role: 'viewer',
      tokenHash: tokenHash(token),
      tokenCipher: seal('invitation', token),
      createdById: team.owner.id,
      expiresAt: new Date(Date.now() + 60_000),
    },
  })
  return row.id
}

export const viewer: ResourceFactory = async (team) => (await makeMember(team.id, 'viewer')).id
/** A member with an authenticator app. */
export const securedViewer: ResourceFactory = async (team) => {
  const { id } = await makeMember(team.id, 'viewer')
  await db().totpFactor.create({ data: { userId: id, secretCipher: seal('totp', 'x'), lastStep: 0 } })
  return id
}
export const theTeam: ResourceFactory = async (team) => team.id
