import { expect, test } from 'vitest'
import { noteImageCame, waitForQuiet } from '@/lib/images/quiet-period'

async function msOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

test('work waits until images have stopped coming', async () => {
  let cameAt = 0
  const images = setInterval(() => {
    noteImageCame()
    cameAt = performance.now()
  }, 20)
  noteImageCame()
  const waiting = waitForQuiet(performance.now() + 60_000)
  setTimeout(() => clearInterval(images), 300)
  await waiting
  expect(performance.now() - cameAt).toBeGreaterThan(190)
})

test('and not for ever while they keep coming', async () => {
  noteImageCame()
  const images = setInterval(noteImageCame, 20)
  expect(await msOf(() => waitForQuiet(performance.now() + 400))).toBeGreaterThan(390)
  clearInterval(images)
})

test('nobody waits where none came of late', async () => {
  await waitForQuiet(performance.now() + 60_000) // for those of the tests before
  const immediate = new Promise((resolve) => setImmediate(resolve, 'later'))
  const waiting = waitForQuiet(performance.now() + 60_000).then(() => 'at once')
  expect(await Promise.race([waiting, immediate])).toBe('at once')
})
