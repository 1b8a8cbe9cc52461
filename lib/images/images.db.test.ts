import { beforeEach, describe, expect, test } from 'vitest'
import { makeTeam, type TestTeam } from '@/e2e/support/people'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import type { Actor } from '@/lib/access/actor'
import { addImages } from '@/lib/generations/pipeline/images'
import { countImages } from '@/lib/images/counts'
import { listImagesQuery } from '@/lib/images/schema'
import { getImage, listImages, listNeighbours, updateImage, updateImages } from '@/lib/images/server'
import { restoreImages, trashImage, trashImages } from '@/lib/images/trash'
import { db } from '@/lib/platform/db'
import { DAY_MS, HOUR_MS } from '@/lib/platform/durations'
import { storeBlob } from '@/lib/platform/storage'

let team: TestTeam
let member: Actor
let stranger: Actor

beforeEach(async () => {
  team = await makeTeam()
  member = await makeActor(team, 'member')
  stranger = await makeActor(await makeTeam('Other'), 'owner')
})

const list = (actor: Actor, query: object = {}) => listImages(actor, listImagesQuery.parse(query))
const prompts = async (query: object, actor = member) =>
  (await list(actor, query)).items.map((image) => image.prompt)

/** Generations an hour apart, so that their order is known; the first prompt is the newest. */
async function makeSeries(series: string[], more: object = {}, actor = member) {
  const ids: string[] = []
  for (const [age, prompt] of series.entries()) {
    const { images } = await makeGeneration(actor, { prompt, ...more })
    const createdAt = new Date(Date.now() - (age + 1) * HOUR_MS)
    for (const { id } of images) {
      await db().image.update({ where: { id }, data: { createdAt } })
      ids.push(id)
    }
  }
  return ids
}

describe('the list', () => {
  test('walks all images once, newest first, while new ones arrive', async () => {
    const ids = await makeSeries(['a', 'b', 'c', 'd', 'e'])
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await list(member, { limit: 2, cursor })
      seen.push(...page.items.map((image) => image.id))
      cursor = page.nextCursor ?? undefined
      await makeGeneration(member, { prompt: 'new' })
    } while (cursor)
    expect(seen).toEqual(ids)
  })

  test('tells images of the same moment apart', async () => {
    const { images } = await makeGeneration(member, { count: 4 })
    const createdAt = new Date()
    await db().image.updateMany({ where: { id: { in: images.map(({ id }) => id) } }, data: { createdAt } })
    const first = await list(member, { limit: 3 })
    const second = await list(member, { limit: 3, cursor: first.nextCursor ?? '' })
    const seen = [...first.items, ...second.items].map((image) => image.id)
    expect(new Set(seen)).toEqual(new Set(images.map(({ id }) => id)))
    expect(seen).toHaveLength(4)
  })

  test('shows the images of one answer in their order, the first one first', async () => {
    const { generation } = await makeGeneration(member)
    await db().image.deleteMany({ where: { generationId: generation.id } })
    const one = {
      upstreamId: null,
      state: 'completed',
      error: null,
      blurReason: null,
    } as const
    const images = [0, 1, 2, 3].map((position) => ({ ...one, position, size: { width: 4, height: 3 } }))
    await db().$transaction((tx) => addImages(tx, generation, images))
    expect((await list(member)).items.map((image) => image.position)).toEqual([0, 1, 2, 3])
  })

  test('gives images with the same bytes one row of them, in one answer and in the next', async () => {
    const bytes = Buffer.from(crypto.randomUUID())
    const stored = { ...(await storeBlob(member.teamId, bytes)), mimeType: 'image/png' } as const
    const one = { upstreamId: null, state: 'completed', error: null } as const
    const twice = [0, 1].map((position) => ({
      ...{ ...one, position, stored },
      ...{ blurReason: null, size: { width: 4, height: 3 } },
    }))
    const generationIds: string[] = []
    for (const answer of [twice, twice.slice(0, 1)]) {
      const { generation } = await makeGeneration(member)
      await db().image.deleteMany({ where: { generationId: generation.id } })
      await db().$transaction((tx) => addImages(tx, generation, answer))
      generationIds.push(generation.id)
    }
    const images = await db().image.findMany({
      where: { generationId: { in: generationIds } },
      include: { blob: true },
    })
    expect(images.map(({ blob }) => blob?.sha256)).toEqual([stored.sha256, stored.sha256, stored.sha256])
  })

  test('leaves out what failed, what is still coming and what lies in the trash', async () => {
    const [first = '', second = '', third = '', fourth = ''] = await makeSeries(['a', 'b', 'c', 'd'])
    await db().image.update({ where: { id: first }, data: { state: 'failed' } })
    await db().image.update({ where: { id: second }, data: { state: 'pending' } })
    await trashImage(member, third)
    expect((await list(member)).items.map((image) => image.id)).toEqual([fourth])
  })

  test('shows nothing to another team', async () => {
    const [id = ''] = await makeSeries(['a'])
    expect((await list(stranger)).items).toEqual([])
    for (const ask of [
      () => getImage(stranger, id),
      () => updateImage(stranger, id, { favourite: true }),
      () => trashImage(stranger, id),
      () => restoreImages(stranger, [id]),
      () => listNeighbours(stranger, id, {}),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' })
  })

  test('refuses a cursor that is not ours', async () => {
    await expect(list(member, { cursor: 'x' })).rejects.toMatchObject({ code: 'validation_failed' })
  })
})

describe('filters', () => {
  test('find part of a Korean word, and Latin letters in any case', async () => {
    await makeSeries(['겨울 바다의 등대', 'Moon JAR by the window', '감나무'])
    expect(await prompts({ q: '바다' })).toEqual(['겨울 바다의 등대'])
    expect(await prompts({ q: '다' })).toEqual(['겨울 바다의 등대'])
    expect(await prompts({ q: 'moon jar' })).toEqual(['Moon JAR by the window'])
    expect(await prompts({ q: '바다'.normalize('NFD') })).toEqual(['겨울 바다의 등대'])
    expect(await prompts({ q: '사막' })).toEqual([])
  })

  test('find Korean by initial consonants, near and far', async () => {
    await makeSeries(['겨울 바다의 등대', 'ㅂㄷ 두 글자', '감나무'])
    expect(await prompts({ q: 'ㅂㄷ' })).toEqual(['겨울 바다의 등대', 'ㅂㄷ 두 글자'])
    expect(await prompts({ q: 'ㄱㅇㅂㄷ' })).toEqual(['겨울 바다의 등대'])
    expect(await prompts({ q: 'ㅂㄱ' })).toEqual([])
  })

  test('show what was made up to the end of a month in the team’s time zone', async () => {
    const ids = await makeSeries(['November in Seoul', 'October in Seoul', 'September'])
    const times = ['2026-10-31T15:00:00Z', '2026-10-31T14:59:59.999Z', '2026-09-30T00:00:00Z']
    for (const [place, id] of ids.entries())
      await db().image.update({ where: { id }, data: { createdAt: new Date(times[place] ?? 0) } })
    expect(await prompts({ until: '2026-11' })).toHaveLength(3)
    expect(await prompts({ until: '2026-10' })).toEqual(['October in Seoul', 'September'])
    expect(await prompts({ until: '2026-10', q: 'sept' })).toEqual(['September'])
    expect(() => listImagesQuery.parse({ until: '2026-13' })).toThrow()
    expect(await countImages(member, { until: '2026-09' })).toEqual({
      total: 3,
      months: ['2026-11', '2026-10', '2026-09'].map((month) => ({ month, count: 1 })),
    })
  })

  test('take % and _ as they are typed', async () => {
    await makeSeries(['100% cotton', '1000 cotton', 'snake_case', 'snakeXcase', 'back\\slash'])
    expect(await prompts({ q: '0%' })).toEqual(['100% cotton'])
    expect(await prompts({ q: 'e_c' })).toEqual(['snake_case'])
    expect(await prompts({ q: 'k\\s' })).toEqual(['back\\slash'])
  })

  test('page through the matches of a text', async () => {
    await makeSeries(['바다 1', '산', '바다 2', '바다 3'])
    const first = await list(member, { q: '바다', limit: 2 })
    const second = await list(member, { q: '바다', limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map((image) => image.prompt)).toEqual([
      '바다 1',
      '바다 2',
      '바다 3',
    ])
    expect(second.nextCursor).toBeNull()
  })

  test('narrow down by person, style, favourite, generation and group, and all together', async () => {
    const other = await makeActor(team, 'member')
    const [mine = ''] = await makeSeries(['mine'], { groupId: 'lineage' })
    await makeSeries(['theirs'], { styleId: 102 }, other)
    await db().image.update({ where: { id: mine }, data: { styleId: 7, ratio: '16:9' } })
    await updateImage(member, mine, { favourite: true })
    const { generationId } = await getImage(member, mine)
    for (const query of [
      { makerId: member.userId },
      { styleId: '7' },
      { favourite: 'true' },
      { generationId },
      { groupId: 'lineage' },
      { ratio: '16:9' },
      { makerId: member.userId, styleId: 7, favourite: 'true', q: 'MINE', ratio: '16:9' },
    ])
      expect(await prompts(query)).toEqual(['mine'])
    expect(await prompts({ makerId: other.userId, favourite: 'true' })).toEqual([])
  })
})

describe('counts', () => {
  test('are those of the list with the same filters, and nobody else’s', async () => {
    const [first = '', second = ''] = await makeSeries(['바다 1', '산', '바다 2', '바다 3'])
    await db().image.update({ where: { id: second }, data: { createdAt: new Date('2020-02-29T00:00:00Z') } })
    await updateImage(member, first, { favourite: true })
    await trashImage(member, (await makeSeries(['바다 4']))[0] ?? '')
    for (const filters of [
      {},
      { q: '바다' },
      { q: 'ㅅ' },
      { favourite: 'true' as const },
      { styleId: 12_345 },
    ]) {
      const { items } = await list(member, filters)
      expect((await countImages(member, filters)).total).toBe(items.length)
    }
    expect((await countImages(member, {})).months.at(-1)).toEqual({ month: '2020-02', count: 1 })
    expect(await countImages(stranger, {})).toEqual({ total: 0, months: [] })
  })
})

describe('neighbours', () => {
  test('are those of the filtered list, nearest first', async () => {
    const ids = await makeSeries(['바다 1', '산 1', '바다 2', '산 2', '바다 3'])
    const all = await listNeighbours(member, ids[2] ?? '', {})
    expect(all.newer.map((image) => image.prompt)).toEqual(['산 1', '바다 1'])
    expect(all.older.map((image) => image.prompt)).toEqual(['산 2', '바다 3'])
    const filtered = await listNeighbours(member, ids[2] ?? '', { q: '바다' })
    expect(filtered.newer.map((image) => image.prompt)).toEqual(['바다 1'])
    expect(filtered.older.map((image) => image.prompt)).toEqual(['바다 3'])
  })
})

describe('favourites', () => {
  test('are the team’s: any member marks anybody’s image, a viewer does not', async () => {
    const [id = ''] = await makeSeries(['a'])
    const colleague = await makeActor(team, 'member')
    expect((await updateImage(colleague, id, { favourite: true })).favourite).toBe(true)
    await expect(
      updateImage(await makeActor(team, 'viewer'), id, { favourite: false }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('are set for many at once, and only what changed is named', async () => {
    const ids = await makeSeries(['a', 'b', 'c'])
    await updateImage(member, ids[0] ?? '', { favourite: true })
    const changed = await updateImages(member, { ids, favourite: true })
    expect(new Set(changed.ids)).toEqual(new Set(ids.slice(1)))
  })
})

describe('the trash', () => {
  test('keeps an image for 30 days, and its generation and credits for ever', async () => {
    const [id = ''] = await makeSeries(['a'])
    const before = await db().generation.count({ where: { teamId: team.id } })
    await trashImage(member, id)
    expect((await list(member, { trash: 'true' })).items.map((image) => image.id)).toEqual([id])
    expect(await restoreImages(member, [id])).toEqual({ ids: [id] })
    expect((await list(member)).items.map((image) => image.id)).toEqual([id])
    await trashImage(member, id)
    const old = new Date(Date.now() - 31 * DAY_MS)
    await db().image.update({ where: { id }, data: { deletedAt: old } })
    expect((await list(member, { trash: 'true' })).items).toEqual([])
    expect(await restoreImages(member, [id])).toEqual({ ids: [] })
    expect(await db().generation.count({ where: { teamId: team.id } })).toBe(before)
  })

  test('takes a member’s own images only, an admin’s everyone’s', async () => {
    const [id = ''] = await makeSeries(['a'])
    const colleague = await makeActor(team, 'member')
    await expect(trashImage(colleague, id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(trashImages(colleague, [id])).rejects.toMatchObject({ code: 'forbidden' })
    const admin = await makeActor(team, 'admin')
    await trashImage(admin, id)
    expect((await list(colleague, { trash: 'true' })).items).toEqual([])
    expect((await list(admin, { trash: 'true' })).items).toHaveLength(1)
    await expect(restoreImages(colleague, [id])).rejects.toMatchObject({ code: 'forbidden' })
    expect((await restoreImages(member, [id])).ids).toEqual([id])
  })

  test('takes of a mixed selection what the member may', async () => {
    const [mine = ''] = await makeSeries(['mine'])
    const [theirs = ''] = await makeSeries(['theirs'], {}, await makeActor(team, 'member'))
    expect(await trashImages(member, [mine, theirs])).toEqual({ ids: [mine] })
  })

  test('is paged by the time of throwing away', async () => {
    const ids = await makeSeries(['a', 'b', 'c'])
    for (const id of ids) await trashImage(member, id)
    const first = await list(member, { trash: 'true', limit: 2 })
    const second = await list(member, { trash: 'true', limit: 2, cursor: first.nextCursor ?? '' })
    const seen = [...first.items, ...second.items].map((image) => image.id)
    expect(seen).toEqual([...ids].reverse())
  })
})
