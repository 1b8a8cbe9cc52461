import { beforeEach, describe, expect, test } from 'vitest'
import { leastBlocked } from '@/e2e/support/loop-delay'
import { makeTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration, makeSandboxAccount } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { db } from '@/lib/platform/db'
import { importStyles } from '@/lib/styles/import'
import { createStyleInput } from '@/lib/styles/schema'
import {
  addStyleFavourite,
  createStyle,
  listStyles,
  removeStyleFavourite,
  updateStyle,
} from '@/lib/styles/server'
import { removeStyleThumbnail, setStyleThumbnail } from '@/lib/styles/thumbnail'

let admin: Actor
let member: Actor
let stranger: Actor

beforeEach(async () => {
  await makeSandboxAccount()
  const team = await makeTeam()
  admin = await makeActor(team, 'admin')
  member = await makeActor(team, 'member')
  stranger = await makeActor(await makeTeam(), 'owner')
})

const add = (styleId: number, nameEn = `Style ${styleId}`) =>
  createStyle(admin, createStyleInput.parse({ styleId, nameEn }))
const ids = async (actor: Actor, withHidden = false) =>
  (await listStyles(actor, { withHidden })).items.map((style) => style.styleId)

describe('the catalogue', () => {
  test('starts with the sandbox’s twelve styles and their painted thumbnails, once', async () => {
    const lists = await Promise.all([1, 2, 3].map(() => listStyles(member, { withHidden: false })))
    for (const { items } of lists) expect(items).toHaveLength(12)
    expect(lists[0]?.items).toContainEqual(
      expect.objectContaining({
        styleId: 109,
        nameKo: '민화',
        nameEn: 'Minhwa',
        thumbnailUrl: '/styles/109.webp',
      }),
    )
    for (const style of lists[0]?.items ?? []) await updateStyle(admin, style.id, { hidden: true })
    expect(await ids(member)).toEqual([])
  })

  test('belongs to one team', async () => {
    const style = await add(900)
    expect(await ids(member)).toContain(900)
    expect(await ids(stranger)).not.toContain(900)
    await expect(updateStyle(stranger, style.id, { nameEn: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(addStyleFavourite(stranger, style.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('has each styleId once, also when two people add it at the same moment', async () => {
    const tries = await Promise.allSettled([add(901), add(901), add(901)])
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    expect(tries.find((one) => one.status === 'rejected')).toMatchObject({
      reason: { code: 'already_exists' },
    })
  })

  test('lets one name stand for both languages', async () => {
    expect(await add(902, 'Riso')).toMatchObject({ nameKo: 'Riso', nameEn: 'Riso' })
  })

  test('hides a style from the list and shows it again', async () => {
    const style = await add(903)
    await updateStyle(admin, style.id, { hidden: true })
    expect(await ids(member)).not.toContain(903)
    expect(await ids(member, true)).toContain(903)
    await updateStyle(admin, style.id, { hidden: false })
    expect(await ids(member)).toContain(903)
  })

  test('keeps favourites to the person', async () => {
    const style = await add(904)
    expect(await addStyleFavourite(member, style.id)).toMatchObject({ favourite: true })
    await addStyleFavourite(member, style.id)
    const seen = async (actor: Actor) =>
      (await listStyles(actor, { withHidden: false })).items.find((one) => one.id === style.id)?.favourite
    expect([await seen(member), await seen(admin)]).toEqual([true, false])
    expect(await removeStyleFavourite(member, style.id)).toMatchObject({ favourite: false })
  })

  test('knows what the person used lately from what they really generated', async () => {
    await add(905)
    await makeGeneration(member, { styleId: 905 })
    const seen = async (actor: Actor) =>
      (await listStyles(actor, { withHidden: false })).items.find((one) => one.styleId === 905)?.lastUsedAt
    expect(await seen(member)).toMatch(/^\d{4}-/)
    expect(await seen(admin)).toBeNull()
  })
})

describe('a thumbnail from an own image', () => {
  test('is made small and square, and its address changes with it', async () => {
    const style = await add(910)
    const { images } = await makeGeneration(member, { count: 2, width: 800, height: 400 })
    const first = await setStyleThumbnail(admin, style.id, images[0]?.id ?? '')
    const second = await setStyleThumbnail(admin, style.id, images[1]?.id ?? '')
    expect(first.thumbnailUrl).toMatch(new RegExp(`^/api/v1/styles/${style.id}/thumbnail\\?v=`))
    expect(second.thumbnailUrl).not.toBe(first.thumbnailUrl)
    expect(await removeStyleThumbnail(admin, style.id)).toMatchObject({ thumbnailUrl: null })
    const entries = { actorId: admin.userId, act: 'style.changed', subject: style.id }
    expect(await db().auditEntry.count({ where: entries })).toBe(3)
  })

  test('is never taken from another team, the trash or a blurred image', async () => {
    const style = await add(911)
    const foreign = await makeGeneration(stranger)
    const own = await makeGeneration(member, { count: 2 })
    const [trashed, blurred] = own.images.map((image) => image.id)
    await db().image.update({ where: { id: trashed }, data: { deletedAt: new Date() } })
    await db().image.update({ where: { id: blurred }, data: { blurReason: 'nsfw' } })
    for (const id of [foreign.images[0]?.id, trashed, blurred]) {
      await expect(setStyleThumbnail(admin, style.id, id ?? '')).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('an import', () => {
  const run = (content: string, mode: 'preview' | 'apply', existing: 'update' | 'skip' = 'update') =>
    importStyles(admin, { format: 'csv', content, mode, existing })

  test('shows what it would do and writes nothing', async () => {
    await add(920, 'Old name')
    const report = await run('styleId,nameEn\n920,New name\n921,Fresh\n,Broken', 'preview')
    expect(report).toMatchObject({
      applied: false,
      counts: { create: 1, update: 1, problem: 1 },
      problems: [{ line: 4, code: 'missing_style_id' }],
    })
    expect(await ids(admin)).not.toContain(921)
  })

  test('applies all the good rows, changes the known ones, and leaves the rest of them alone', async () => {
    const kept = await add(930, 'Old name')
    await updateStyle(admin, kept.id, { hidden: true })
    const content = 'styleId,nameEn,mainCategory\n930,New name,Print\n931,Fresh,\n,Broken,'
    expect(await run(content, 'apply')).toMatchObject({ applied: true, counts: { create: 1, update: 1 } })
    const { items } = await listStyles(admin, { withHidden: true })
    expect(items.find((style) => style.styleId === 930)).toMatchObject({
      id: kept.id,
      nameEn: 'New name',
      mainCategory: 'Print',
      hidden: true,
    })
    expect(await run(content, 'preview')).toMatchObject({ counts: { create: 0, update: 0, unchanged: 2 } })
  })

  test('can leave known styles as they are', async () => {
    await add(940, 'Mine')
    expect(await run('styleId,nameEn\n940,Theirs', 'apply', 'skip')).toMatchObject({ counts: { skip: 1 } })
    const { items } = await listStyles(admin, { withHidden: false })
    expect(items.find((style) => style.styleId === 940)?.nameEn).toBe('Mine')
  })

  test('refuses to apply a file that is no list of styles', async () => {
    await expect(run('a,b\n1,2', 'apply')).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await run('a,b\n1,2', 'preview')).toMatchObject({ fileProblem: 'no_style_id_column' })
  })

  test('lets everybody else have a turn while thousands of rows are written, compared and listed', async () => {
    let serial = 0
    const rows = () =>
      `styleId,nameEn\n${Array.from({ length: 5_000 }, (_, place) => `${place + 10_000},Name ${serial} ${place}`).join('\n')}`
    const work = async () => {
      serial += 1
      await run(rows(), 'apply')
      await listStyles(admin, { withHidden: true })
    }
    await work()
    expect(await leastBlocked(50, work)).toBeLessThanOrEqual(50)
  }, 60_000)

  test('takes five thousand rows in one go, new and changed', async () => {
    const rows = (name: string) =>
      `styleId,nameEn\n${Array.from({ length: 5_000 }, (_, place) => `${place + 10_000},${name} ${place}`).join('\n')}`
    expect(await run(rows('First'), 'apply')).toMatchObject({ counts: { create: 5_000 } })
    expect(await run(rows('Second'), 'apply')).toMatchObject({ counts: { update: 5_000 } })
    expect(
      await db().style.count({ where: { teamId: admin.teamId, nameEn: { startsWith: 'Second' } } }),
    ).toBe(5_000)
  })
})
