import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { convert } from '@/lib/images/conversion'
import { decodeInTurn } from '@/lib/platform/decoding'

test('images of all kinds are decoded two at a time together, each on one thread', async () => {
  const image = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const ends: (() => void)[] = []
  const long = () => decodeInTurn(() => new Promise<void>((resolve) => ends.push(resolve)))
  const works = [long(), long(), long()]
  let isConverted = false
  const converted = convert(async () => image, 'jpeg').then(() => (isConverted = true))
  await vi.waitFor(() => expect(ends.length).toBe(2), { timeout: 20_000 })
  await sharp(image).metadata()
  expect({ isConverted, running: ends.length }).toEqual({ isConverted: false, running: 2 })
  ends.forEach((end) => end())
  await vi.waitFor(() => expect(ends.length).toBe(3), { timeout: 20_000 })
  ends.forEach((end) => end())
  await Promise.all([...works, converted])
  expect(isConverted).toBe(true)
  expect(sharp.concurrency()).toBe(1)
})
