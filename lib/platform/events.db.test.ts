import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/platform/db'
import { catchUp, isLive, publish, startListening, stopListening, subscribe } from '@/lib/platform/events'

const warnings: string[] = []
const keep = ({ message }: Error) => void warnings.push(message)

beforeAll(async () => {
  process.on('warning', keep)
  await startListening('studio-web-events')
})

afterAll(async () => {
  process.off('warning', keep)
  await stopListening()
})

test('whoever catches up has heard what they announced, fifty at once, and the driver has nothing to say', async () => {
  const heard = new Set<string>()
  const unsubscribe = subscribe((event) => event.kind === 'team' && heard.add(event.id))
  const announceAndCatchUp = async (id: string) => {
    await publish(db(), { team: '*', kind: 'team', id })
    await catchUp()
    return heard.has(id)
  }
  const ids = Array.from({ length: 50 }, (_, index) => `team-${index}`)
  const told = await Promise.all(ids.map(announceAndCatchUp))
  unsubscribe()
  expect(told).toEqual(ids.map(() => true))
  expect(isLive()).toBe(true)
  expect(warnings).toEqual([])
})
