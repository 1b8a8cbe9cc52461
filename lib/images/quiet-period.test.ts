import { expect, test } from 'vitest'
import { noteImageCame, waitForQuiet } from '@/lib/images/quiet-period'

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

test('work waits no longer than its deadline while images keep coming', async () => {
  noteImageCame()
  const startedAt = performance.now()
  const images = setInterval(noteImageCame, 20)
  await waitForQuiet(startedAt + 400)
  expect(performance.now() - startedAt).toBeGreaterThan(390)
  clearInterval(images)
})

test('work goes on at once where no image came of late', async () => {
  await waitForQuiet(performance.now() + 60_000) // for those of the tests before
  const immediate = new Promise((resolve) => setImmediate(resolve, 'later'))
  const waiting = waitForQuiet(performance.now() + 60_000).then(() => 'at once')
  expect(await Promise.race([waiting, immediate])).toBe('at once')
})
