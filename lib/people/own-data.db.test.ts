import { expect, test } from 'vitest'
import { GET as dataRoute } from '@/app/api/v1/me/data/route'
import { makeActor, makeGeneration } from '@/e2e/support/images'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import { unzip } from '@/e2e/support/unzip'
import { db } from '@/lib/platform/db'
import { blobStore } from '@/lib/platform/storage'

async function dataOf(userId: string) {
  const person = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const answer = await call(dataRoute, '/', { cookie: await signInAs(person) })
  expect(answer.status).toBe(200)
  return unzip(Buffer.from(await answer.arrayBuffer()))
}

const parse = (files: Map<string, Buffer>, name: string) => JSON.parse(files.get(name)?.toString() ?? 'null')

test('holds the profile, what the person generated with its images, and what they did', async () => {
  const team = await makeTeam()
  const [actor, other] = [await makeActor(team, 'member'), await makeActor(team, 'member')]
  const { generation, images } = await makeGeneration(actor, { count: 2, prompt: '감나무 아래' })
  await makeGeneration(other, { prompt: 'of a teammate' })
  const files = await dataOf(actor.userId)
  expect(parse(files, 'profile.json')).toMatchObject({
    id: actor.userId,
    teams: [{ id: team.id, slug: team.slug, role: 'member' }],
  })
  const made = parse(files, 'generations/0001.json')
  expect(made).toMatchObject([{ id: generation.id, prompt: '감나무 아래', team: team.slug }])
  expect(made[0].images).toHaveLength(2)
  for (const [place, { id, blobId }] of images.entries()) {
    const blob = await db().blob.findUniqueOrThrow({ where: { id: blobId ?? '' } })
    const name = made[0].images[place]
    expect(name).toBe(`images/${team.slug}/${id}-감나무-아래-0${place + 1}.webp`)
    expect(files.get(name)).toHaveLength(blob.sizeBytes)
  }
  expect(parse(files, 'audit-log/0001.json').map(({ act }: { act: string }) => act)).toEqual([
    'person.data_downloaded',
    'person.signed_in',
  ])
  expect([...files.keys()].filter((name) => name.startsWith('images/'))).toHaveLength(2)
  const whole = JSON.stringify([...files].map(([name, bytes]) => [name, bytes.toString()]))
  expect(whole).not.toContain('of a teammate')
  expect(whole).not.toMatch(/passwordHash|argon2/)
})

test('leaves out what the person made in a team that they are in no more, and what lies in the trash', async () => {
  const team = await makeTeam()
  const actor = await makeActor(team, 'member')
  const { images } = await makeGeneration(actor, { count: 2 })
  await db().image.update({ where: { id: images[0]?.id }, data: { deletedAt: new Date() } })
  const names = async () => [...(await dataOf(actor.userId)).keys()]
  expect((await names()).filter((name) => name.startsWith('images/'))).toHaveLength(1)
  await db().membership.deleteMany({ where: { userId: actor.userId } })
  expect((await names()).sort()).toEqual(['audit-log/0001.json', 'profile.json'])
})

test('goes on where a file is missing', async () => {
  const team = await makeTeam()
  const actor = await makeActor(team, 'member')
  const { images } = await makeGeneration(actor, { count: 2 })
  const blob = await db().blob.findUniqueOrThrow({ where: { id: images[0]?.blobId ?? '' } })
  await blobStore().remove({ teamId: team.id, sha256: blob.sha256 }, new Date(Date.now() + 60_000))
  const files = await dataOf(actor.userId)
  expect([...files.keys()].filter((name) => name.startsWith('images/'))).toHaveLength(1)
})

test('is read a piece at a time: more than one piece of generations', async () => {
  const team = await makeTeam()
  const actor = await makeActor(team, 'member')
  const { generation } = await makeGeneration(actor)
  const { id: _, ...row } = await db().generation.findUniqueOrThrow({ where: { id: generation.id } })
  const rows = Array.from({ length: 620 }, () => ({ ...row, request: {}, requestHash: crypto.randomUUID() }))
  await db().generation.createMany({ data: rows })
  const files = await dataOf(actor.userId)
  const counts = ['generations/0001.json', 'generations/0002.json'].map((name) => parse(files, name).length)
  expect(counts).toEqual([500, 121])
})
