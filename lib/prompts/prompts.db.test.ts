import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DELETE, GET as getRoute, PATCH } from '@/app/api/v1/prompt-templates/[id]/route'
import { POST as useRoute } from '@/app/api/v1/prompt-templates/[id]/uses/route'
import { GET as listRoute, POST } from '@/app/api/v1/prompt-templates/route'
import { GET as historyRoute } from '@/app/api/v1/prompts/history/route'
import { image } from '@/e2e/support/resource-factories'
import { call, makeMember, makeTeam, signInAs, type TestTeam } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import type { PromptHistoryPage, PromptTemplateList } from '@/lib/prompts/schema'
import { serverAccountId } from '@/lib/upstream/server'

let clock = Date.UTC(2026, 0, 1)

type Sender = { makerId?: string; principal?: string }

async function send(team: TestTeam, prompt: string, sender: Sender = {}) {
  const makerId = sender.makerId ?? team.owner.id
  const principal = sender.principal ?? makerId
  clock += 1000
  const row = await db().generation.create({
    data: {
      ...{ teamId: team.id, makerId, principal, prompt, ratio: '1:1', sample: 1 },
      ...{ accountId: await serverAccountId(), groupId: randomUUID(), requestHash: randomUUID() },
      ...{ sourceKind: 'style', styleId: 101, request: {}, createdAt: new Date(clock) },
      ...{ status: 'canceled', finishedAt: new Date(clock) },
    },
    select: { id: true },
  })
  return row.id
}

async function history(cookie: string, query = ''): Promise<PromptHistoryPage> {
  const answer = await call(historyRoute, `/api/v1/prompts/history${query}`, { cookie })
  expect(answer.status).toBe(200)
  return answer.json()
}

const prompts = ({ items }: PromptHistoryPage) => items.map(({ prompt }) => prompt)

describe('the history of prompts', () => {
  test('has each prompt once, where it was used last, page by page', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    for (const prompt of ['a fox', 'a boat', 'a fox', 'a lamp', 'a boat', 'a tree']) await send(team, prompt)
    expect(prompts(await history(cookie))).toEqual(['a tree', 'a boat', 'a lamp', 'a fox'])
    const first = await history(cookie, '?limit=3')
    const rest = await history(cookie, `?limit=3&cursor=${first.nextCursor}`)
    expect([...prompts(first), ...prompts(rest)]).toEqual(['a tree', 'a boat', 'a lamp', 'a fox'])
    expect(rest.nextCursor).toBeNull()
  })

  test('is one’s own: not a teammate’s, not a key’s, not another team’s', async () => {
    const [team, other] = [await makeTeam(), await makeTeam()]
    const mate = await makeMember(team.id, 'member')
    await send(team, 'mine')
    await send(team, 'the mate’s', { makerId: mate.id })
    await send(team, 'the key’s', { principal: `key:${randomUUID()}` })
    await send(other, 'another team’s')
    expect(prompts(await history(await signInAs(team.owner)))).toEqual(['mine'])
    expect(prompts(await history(await signInAs(mate)))).toEqual(['the mate’s'])
  })

  test('is searched as the gallery is: words in any order, Korean by its initials', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    for (const prompt of ['A red Boat at dawn', '감나무 아래 여우', 'dawn over hills'])
      await send(team, prompt)
    const find = async (q: string) => prompts(await history(cookie, `?q=${encodeURIComponent(q)}`))
    expect(await find('dawn boat')).toEqual(['A red Boat at dawn'])
    expect(await find('ㄱㄴㅁ')).toEqual(['감나무 아래 여우'])
    expect(await find('100%')).toEqual([])
  })

  test('shows an image that came of the prompt, and none that lies in the trash', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    const imageId = await image({ ...team, maker: team.owner.id }, team.owner.id)
    expect((await history(cookie)).items[0]?.thumb).toBe(`/i/${imageId}/thumb`)
    await send(team, '감 네 개')
    expect((await history(cookie)).items).toMatchObject([
      { prompt: '감 네 개', thumb: `/i/${imageId}/thumb` },
    ])
    await db().image.update({ where: { id: imageId }, data: { deletedAt: new Date() } })
    expect((await history(cookie)).items).toMatchObject([{ prompt: '감 네 개', thumb: null }])
  })
})

describe('templates', () => {
  const list = async (cookie: string): Promise<PromptTemplateList> =>
    (await call(listRoute, '/', { cookie })).json()
  const add = (cookie: string, body: object) => call(POST, '/', { method: 'POST', cookie, body })

  test('are the team’s: made by one, used by another, the most used first', async () => {
    const team = await makeTeam()
    const [owner, mate] = [team.owner, await makeMember(team.id, 'member')]
    const cookie = await signInAs(owner)
    await add(cookie, { name: 'Light', text: 'soft light' })
    const made = await add(cookie, { name: ' Packshot ', text: '{product} on stone' })
    expect(made.status).toBe(201)
    const template = await made.json()
    expect(template).toMatchObject({ name: 'Packshot', uses: 0, maker: { id: owner.id, name: owner.name } })
    const params = { id: template.id }
    const mates = await signInAs(mate)
    expect((await call(useRoute, '/', { method: 'POST', cookie: mates, params })).status).toBe(204)
    expect((await list(mates)).items).toMatchObject([
      { name: 'Packshot', text: '{product} on stone', uses: 1 },
      { name: 'Light', uses: 0 },
    ])
    expect((await call(getRoute, '/', { cookie: mates, params })).status).toBe(200)
  })

  test('of one name are one, whatever its case, also when two are made at once', async () => {
    const cookie = await signInAs((await makeTeam()).owner)
    const answers = await Promise.all(
      ['Packshot', 'PACKSHOT', 'packshot'].map((name) => add(cookie, { name, text: 'x' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    const other = await (await add(cookie, { name: 'Other', text: 'x' })).json()
    const renamed = await call(PATCH, '/', {
      ...{ method: 'PATCH', cookie },
      ...{ params: { id: other.id }, body: { name: 'packShot' } },
    })
    expect(renamed.status).toBe(409)
    expect(await renamed.json()).toMatchObject({ code: 'already_exists' })
  })

  test('are refused without a name or a text, and when they are longer than a prompt may be', async () => {
    const cookie = await signInAs((await makeTeam()).owner)
    for (const body of [
      { name: ' ', text: 'x' },
      { name: 'x', text: '' },
      { name: 'x', text: '🦊'.repeat(1201) },
    ])
      expect((await add(cookie, body)).status).toBe(422)
    expect((await add(cookie, { name: 'x', text: '🦊'.repeat(1200) })).status).toBe(201)
  })

  test('are not found once they are deleted', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    const { id } = await (await add(cookie, { name: 'x', text: 'y' })).json()
    const params = { id }
    expect((await call(DELETE, '/', { method: 'DELETE', cookie, params })).status).toBe(204)
    expect((await call(DELETE, '/', { method: 'DELETE', cookie, params })).status).toBe(404)
    const change = { method: 'PATCH', cookie, params, body: { text: 'z' } }
    expect((await call(PATCH, '/', change)).status).toBe(404)
    expect((await call(useRoute, '/', { method: 'POST', cookie, params })).status).toBe(404)
    expect((await list(cookie)).items).toEqual([])
  })
})
