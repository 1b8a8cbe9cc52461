import { expect, test } from 'vitest'
import { WakeUp } from '@/lib/platform/wake-up'

const FOR_EVER_MS = 2_000_000_000

test('a signal ends the wait', async () => {
  const wakeUp = new WakeUp()
  const waited = wakeUp.wait(FOR_EVER_MS)
  wakeUp.signal()
  await expect(waited).resolves.toBeUndefined()
})

test('a signal that comes between two waits is not lost, and ends one only', async () => {
  const wakeUp = new WakeUp()
  wakeUp.signal()
  wakeUp.signal()
  await wakeUp.wait(FOR_EVER_MS)
  const order: string[] = []
  const next = wakeUp.wait(1).then(() => order.push('the second wait'))
  await Promise.resolve()
  order.push('everything that was ready')
  await next
  expect(order).toEqual(['everything that was ready', 'the second wait'])
})

test('without a signal the time ends it', async () => {
  await expect(new WakeUp().wait(1)).resolves.toBeUndefined()
})
