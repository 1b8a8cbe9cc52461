import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { GET } from '@/app/api/v1/events/route'
import { holdAnswers } from '@/e2e/support/held-answers'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'
import { positionNow } from '@/lib/platform/event-log'
import { publish, startListening, stopListening, subscribe } from '@/lib/platform/events'

beforeAll(() => startListening('studio event test'))
afterAll(stopListening)

test('answers what a page missed since it was read: of its own team, each change once', async () => {
  const [team, other] = [await makeTeam(), await makeTeam()]
  const cookie = await signInAs(team.owner)
  const ask = async (since: string) => {
    const path = `/api/v1/events?since=${encodeURIComponent(since)}`
    const response = await call(GET, path, { cookie, team: team.slug })
    expect(response.status).toBe(200)
    return response.json()
  }
  const seenAt = positionNow()
  expect((await ask(seenAt)).changes).toEqual([])
  const image = { kind: 'image' as const, id: 'a generation' }
  await publish(db(), { team: team.id, ...image }, { team: other.id, ...image }, { team: team.id, ...image })
  const { at, changes } = await ask(seenAt)
  expect(changes).toEqual([image])
  expect((await ask(at)).changes).toEqual([])
  expect((await ask('another.3')).changes).toEqual([{ kind: 'resync' }])
})

test('ends a stream with a change of the person’s membership in its team, and not with that in another', async () => {
  const [team, other] = [await makeTeam(), await makeTeam()]
  const path = `/api/v1/events?team=${team.slug}`
  const { body } = await call(GET, path, { cookie: await signInAs(team.owner), team: team.slug })
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  const read = async () => (await reader?.read())?.value ?? 'the end'
  expect(await read()).toContain('event: ready')
  const member = { kind: 'member' as const, id: team.owner.id }
  const image = { kind: 'image' as const, id: 'a generation' }
  await publish(db(), { team: other.id, ...member }, { team: team.id, ...image })
  expect(await read()).toContain('"image"')
  await publish(db(), { team: team.id, ...member })
  expect(await read()).toContain('"member"')
  expect(await read()).toBe('the end')
})

test('ends a stream at once where the membership changed after it was read', async () => {
  const team = await makeTeam()
  const path = `/api/v1/events?team=${team.slug}`
  const cookie = await signInAs(team.owner)
  const change = { team: team.id, kind: 'member' as const, id: team.owner.id }
  const after = { team: team.id, kind: 'image' as const, id: 'told after it' }
  const isHeard = new Promise<void>((resolve) =>
    subscribe((event) => event.kind === 'image' && event.id === after.id && resolve()),
  )
  holdAnswers(async (text) => {
    if (!text.includes('Membership')) return
    await publish(db(), change, after)
    await isHeard
  })
  const { body } = await call(GET, path, { cookie, team: team.slug })
  vi.restoreAllMocks()
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('event: ready')
  expect(await reader?.read()).toMatchObject({ done: true })
})
