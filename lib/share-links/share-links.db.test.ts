import { beforeEach, describe, expect, test } from 'vitest'
import { makeTeam, type TestTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { db } from '@/lib/platform/db'
import { DAY_MS } from '@/lib/platform/durations'
import { listImages } from '@/lib/share-links/images'
import { createShareLinkInput, type ShareLinkTarget } from '@/lib/share-links/schema'
import { targetIdOf } from '@/lib/share-links/selection'
import {
  createShareLink,
  getShareLink,
  listShareLinks,
  revokeShareLink,
  updateShareLink,
} from '@/lib/share-links/server'
import { findOpenLink } from '@/lib/share-links/visit'

let team: TestTeam
let member: Actor
let colleague: Actor
let admin: Actor
let viewer: Actor

beforeEach(async () => {
  team = await makeTeam()
  member = await makeActor(team, 'member')
  colleague = await makeActor(team, 'member')
  admin = await makeActor(team, 'admin')
  viewer = await makeActor(team, 'viewer')
})

const link = (actor: Actor, target: ShareLinkTarget, more: object = {}) =>
  createShareLink(actor, createShareLinkInput.parse({ target, ...more }))
const openLink = async (url: string | null) => {
  const found = await findOpenLink(tokenOf(url))
  if (!found) throw new Error('The link does not stand.')
  return found
}
const tokenOf = (url: string | null) => url?.split('/s/')[1] ?? ''
const imageOf = async (actor: Actor) => {
  const { images } = await makeGeneration(actor)
  return { kind: 'image', id: images[0]?.id ?? '' } as const
}

describe('a new link', () => {
  test('ends after thirty days, hides the prompt and allows downloads unless told otherwise', async () => {
    const made = await link(member, await imageOf(member))
    const days = (Date.parse(made.expiresAt ?? '') - Date.now()) / DAY_MS
    expect(days).toBeCloseTo(30, 2)
    expect(made).toMatchObject({ state: 'open', showPrompt: false, allowDownload: true, hasPassword: false })
    expect(made).toMatchObject({ imageCount: 1, viewCount: 0, canManage: true })
  })

  test('has a token of 32 bytes that the database keeps only hashed and sealed', async () => {
    const made = await link(member, await imageOf(member))
    const token = tokenOf(made.url)
    expect(token).toMatch(/^[\w-]{43}$/)
    const row = await db().shareLink.findUniqueOrThrow({ where: { id: made.id } })
    const stored = JSON.stringify(row, (_key, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
    expect(stored).not.toContain(token)
    expect((await findOpenLink(token))?.id).toBe(made.id)
  })

  test('can be shown and copied again later by the whole team', async () => {
    const made = await link(member, await imageOf(member))
    const { items } = await listShareLinks(viewer, { limit: 30 })
    expect(items.map((item) => [item.id, item.url, item.canManage])).toEqual([[made.id, made.url, false]])
  })

  test('keeps its password as argon2id only', async () => {
    const made = await link(member, await imageOf(member), { password: '봄차2027' })
    const row = await db().shareLink.findUniqueOrThrow({ where: { id: made.id } })
    expect(row.passwordHash).toMatch(/^\$argon2id\$/)
    expect(made.hasPassword).toBe(true)
  })
})

describe('who may link what', () => {
  test('lets a member link what they made, and nobody else’s', async () => {
    const own = await makeGeneration(member, { count: 2 })
    await link(member, { kind: 'generation', id: own.generation.id })
    const foreign = await makeGeneration(colleague)
    const targets: ShareLinkTarget[] = [
      { kind: 'image', id: foreign.images[0]?.id ?? '' },
      { kind: 'generation', id: foreign.generation.id },
    ]
    for (const target of targets) {
      await expect(link(member, target)).rejects.toMatchObject({ code: 'forbidden' })
      expect(await link(admin, target)).toMatchObject({ imageCount: 1 })
      await expect(link(viewer, target)).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  test('shows of a group that a member shares only the member’s own images, of an admin’s all', async () => {
    const groupId = crypto.randomUUID()
    await makeGeneration(member, { count: 2, groupId })
    await makeGeneration(colleague, { count: 4, groupId })
    expect(await link(member, { kind: 'group', id: groupId })).toMatchObject({ imageCount: 2 })
    expect(await link(admin, { kind: 'group', id: groupId })).toMatchObject({ imageCount: 6 })
  })

  test('shows of a selection what was chosen, and nothing else of the same requests', async () => {
    const one = await makeGeneration(member, { count: 4 })
    const two = await makeGeneration(member, { count: 2 })
    const chosen = [two.images[1], one.images[0], one.images[3]].map((image) => image?.id ?? '')
    const made = await link(member, { kind: 'selection', ids: chosen })
    expect(made).toMatchObject({ imageCount: 3, target: { kind: 'selection' } })
    const shown = await listImages(await openLink(made.url))
    expect(new Set(shown.map(({ id }) => id))).toEqual(new Set(chosen))
    const again = {
      limit: 30,
      target: 'selection',
      targetId: targetIdOf({ kind: 'selection', ids: chosen.toReversed() }),
    } as const
    expect((await listShareLinks(member, again)).items.map(({ id }) => id)).toEqual([made.id])
  })

  test('lets no selection carry an image of a colleague, another team or the trash along', async () => {
    const own = await makeGeneration(member, { count: 2 })
    const [kept = '', trashed = ''] = own.images.map(({ id }) => id)
    const theirs = (await makeGeneration(colleague)).images[0]?.id ?? ''
    const foreign = (await makeGeneration(await makeActor(await makeTeam(), 'owner'))).images[0]?.id ?? ''
    await expect(link(member, { kind: 'selection', ids: [kept, theirs] })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await link(admin, { kind: 'selection', ids: [kept, theirs] })).toMatchObject({ imageCount: 2 })
    await db().image.update({ where: { id: trashed }, data: { deletedAt: new Date() } })
    const made = await link(member, { kind: 'selection', ids: [kept, trashed, foreign] })
    await db().image.update({ where: { id: trashed }, data: { deletedAt: null } })
    expect((await getShareLink(member, made.id)).imageCount).toBe(1)
    await expect(link(member, { kind: 'selection', ids: [foreign] })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('does not let an admin’s key without the manage scope link what others made', async () => {
    const groupId = crypto.randomUUID()
    await makeGeneration(admin, { groupId })
    await makeGeneration(colleague, { groupId })
    const key: Actor = { ...admin, scopes: ['read', 'generate'] }
    await expect(link(key, { kind: 'group', id: groupId })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('finds nothing to link in another team, in the trash or behind a blur', async () => {
    const stranger = await makeActor(await makeTeam(), 'owner')
    const { images } = await makeGeneration(member, { count: 2 })
    const [trashed, blurred] = images.map((image) => image.id)
    await db().image.update({ where: { id: trashed }, data: { deletedAt: new Date() } })
    await db().image.update({ where: { id: blurred }, data: { blurReason: 'nsfw' } })
    const id = (await imageOf(member)).id
    await expect(link(stranger, { kind: 'image', id })).rejects.toMatchObject({ code: 'not_found' })
    for (const gone of [trashed, blurred]) {
      const target = { kind: 'image', id: gone ?? '' } as const
      await expect(link(member, target)).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  test('lets makers and admins change and revoke, others not', async () => {
    const made = await link(member, await imageOf(member))
    for (const actor of [colleague, viewer]) {
      await expect(revokeShareLink(actor, made.id)).rejects.toMatchObject({ code: 'forbidden' })
      await expect(updateShareLink(actor, made.id, { showPrompt: true })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    const stranger = await makeActor(await makeTeam(), 'owner')
    await expect(revokeShareLink(stranger, made.id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await updateShareLink(member, made.id, { showPrompt: true })).toMatchObject({ showPrompt: true })
    expect(await revokeShareLink(admin, made.id)).toMatchObject({ state: 'revoked' })
  })
})

describe('a link’s life', () => {
  test('ends for good when revoked', async () => {
    const made = await link(member, await imageOf(member))
    await revokeShareLink(member, made.id)
    expect(await findOpenLink(tokenOf(made.url))).toBeNull()
    await expect(updateShareLink(member, made.id, { expiresInDays: 30 })).rejects.toMatchObject({
      code: 'conflict',
    })
    const first = (await getShareLink(member, made.id)).revokedAt
    expect((await revokeShareLink(member, made.id)).revokedAt).toBe(first)
  })

  test('ends by the clock, and can be given another term', async () => {
    const made = await link(member, await imageOf(member), { expiresInDays: 1 })
    await db().shareLink.update({ where: { id: made.id }, data: { expiresAt: new Date(Date.now() - 1) } })
    expect(await findOpenLink(tokenOf(made.url))).toBeNull()
    expect((await getShareLink(member, made.id)).state).toBe('expired')
    expect(await updateShareLink(member, made.id, { expiresInDays: null })).toMatchObject({
      state: 'open',
      expiresAt: null,
    })
    expect(await findOpenLink(tokenOf(made.url))).not.toBeNull()
  })

  test('ends with its team', async () => {
    const made = await link(member, await imageOf(member))
    await db().team.update({ where: { id: team.id }, data: { deletedAt: new Date() } })
    expect(await findOpenLink(tokenOf(made.url))).toBeNull()
  })

  test('is written down: opened, changed, revoked, without the secret', async () => {
    const made = await link(member, await imageOf(member), { password: 'persimmon' })
    await updateShareLink(member, made.id, { password: null })
    await revokeShareLink(admin, made.id)
    const entries = await db().auditEntry.findMany({ where: { subject: made.id }, orderBy: { id: 'asc' } })
    expect(entries.map(({ act, actorId }) => [act, actorId])).toEqual([
      ['share-link.created', member.userId],
      ['share-link.changed', member.userId],
      ['share-link.revoked', admin.userId],
    ])
    expect(JSON.stringify(entries)).not.toContain('persimmon')
    expect(JSON.stringify(entries)).not.toContain(tokenOf(made.url))
  })
})

describe('the list', () => {
  test('tells open links from ended ones and pages through them', async () => {
    const target = await imageOf(member)
    const made = [await link(member, target), await link(member, target), await link(member, target)]
    await revokeShareLink(member, made[1]?.id ?? '')
    const idsOf = async (state?: 'open' | 'ended') =>
      (await listShareLinks(member, { limit: 30, state })).items.map((item) => item.id)
    expect(await idsOf('open')).toEqual([made[2]?.id, made[0]?.id])
    expect(await idsOf('ended')).toEqual([made[1]?.id])
    const first = await listShareLinks(member, { limit: 2 })
    const rest = await listShareLinks(member, { limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...rest.items].map((item) => item.id)).toEqual(
      made.map((one) => one.id).toReversed(),
    )
    const ofTarget = { limit: 30, target: target.kind, targetId: target.id }
    expect((await listShareLinks(member, ofTarget)).items).toHaveLength(3)
  })
})
