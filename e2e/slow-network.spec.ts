import { expect, type Locator } from '@playwright/test'
import { test } from './support/browser-test'
import { makeTeam } from './support/seeded-studio'

/** A bad mobile connection: 400 kbit/s and 400 ms to the server and back. */
const SLOW = { offline: false, downloadThroughput: 50_000, uploadThroughput: 50_000, latency: 400 }

type Box = Awaited<ReturnType<Locator['boundingBox']>>

test('on a slow connection boxes are reserved, a double press is one generation, and no image jumps', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000)
  const team = await makeTeam(page)
  const prompt = 'a heron in the reeds #sandbox:plain'
  const slow = await context.newPage()
  const network = await context.newCDPSession(slow)
  await network.send('Network.emulateNetworkConditions', SLOW)
  const asked: string[] = []
  slow.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/generations'))
      asked.push(request.url())
  })
  await slow.goto(`${team}/create`, { timeout: 60_000 })
  await expect(slow.getByRole('button', { name: /^Change style/ })).toBeVisible({ timeout: 60_000 })
  await slow.getByRole('textbox', { name: 'Prompt' }).fill(prompt)
  const generate = slow.getByRole('button', { name: /^Generate/ })
  await generate.dblclick()
  const card = slow.getByRole('article', { name: prompt })
  const boxes = card.locator('ul > li')
  await expect(boxes).toHaveCount(4)
  let reserved: Box = null
  await expect.poll(async () => (reserved = await boxes.first().boundingBox())).not.toBeNull()
  await expect(card.getByRole('link', { name: /^Open image/ })).toHaveCount(4, { timeout: 60_000 })
  await expect(slow.getByRole('article', { name: prompt })).toHaveCount(1)
  expect(asked).toHaveLength(1)
  const filled = await boxes.first().boundingBox()
  expect(filled).toEqual(reserved)
})
