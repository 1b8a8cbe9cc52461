import { afterEach, describe, expect, test } from 'vitest'
import { GET as eventsRoute } from '@/app/api/v1/events/route'
import { call, makeMember, makeTeam, signInAs } from '@/e2e/support/people'
import { closeEventStreams, endEventStreams } from '@/lib/access/event-stream'
import { shared } from '@/lib/platform/shared'

const streams = () => shared('event-streams', () => new Map<() => void, string>())
const open = (cookie: string) => call(eventsRoute, '/api/v1/events', { cookie })

afterEach(() => closeEventStreams())

async function openMost(cookie: string): Promise<Response[]> {
  const opened: Response[] = []
  for (;;) {
    const answer = await open(cookie)
    opened.push(answer)
    if (answer.status !== 200 || opened.length > 50) return opened
  }
}

describe('event streams', () => {
  test('of one session are limited: the next is told to wait, and another session is not', async () => {
    const team = await makeTeam()
    const cookie = await signInAs(team.owner)
    const refused = (await openMost(cookie)).at(-1)
    expect(refused?.status).toBe(429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await open(await signInAs(await makeMember(team.id, 'member')))).status).toBe(200)
  })

  test('that ended leave their place', async () => {
    const cookie = await signInAs((await makeTeam()).owner)
    const opened = await openMost(cookie)
    await opened[0]?.body?.cancel()
    expect((await open(cookie)).status).toBe(200)
  })

  test('of one process are limited as well', async () => {
    const cookie = await signInAs((await makeTeam()).owner)
    for (let i = 0; i < 1_000; i += 1) streams().set(() => undefined, `somebody ${i}`)
    const refused = await open(cookie)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    streams().clear()
    expect((await open(cookie)).status).toBe(200)
  })
})

test('a stream that opens at a server that has ended its streams ends at once', async () => {
  const cookie = await signInAs((await makeTeam()).owner)
  const opened = await open(cookie)
  endEventStreams()
  const late = await open(cookie)
  for (const stream of [opened, late]) expect(await stream.text()).toMatch(/^retry: 2000\nevent: ready\n/)
  shared('event-streams.ending', () => ({ isOver: true })).isOver = false
})
