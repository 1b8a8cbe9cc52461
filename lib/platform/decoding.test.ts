import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { convert } from '@/lib/images/conversion'
import { decodeInTurn } from '@/lib/platform/decoding'

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'studio-test-decoding-'))
  file = path.join(folder, 'picture.png')
  await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } }).toFile(file)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('pictures of all kinds are decoded two at a time together, each on one thread', async () => {
  const ends: (() => void)[] = []
  const long = () => decodeInTurn(() => new Promise<void>((resolve) => ends.push(resolve)))
  const works = [long(), long(), long()]
  let isConverted = false
  const converted = convert(file, 'jpeg').then(() => (isConverted = true))
  await vi.waitFor(() => expect(ends.length).toBe(2), { timeout: 20_000 })
  await sharp(file).metadata()
  expect({ isConverted, running: ends.length }).toEqual({ isConverted: false, running: 2 })
  ends.forEach((end) => end())
  await vi.waitFor(() => expect(ends.length).toBe(3), { timeout: 20_000 })
  ends.forEach((end) => end())
  await Promise.all([...works, converted])
  expect(isConverted).toBe(true)
  expect(sharp.concurrency()).toBe(1)
})
