import { randomBytes } from 'node:crypto'
import { open, writeFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { Follower } from '@/lib/upstream/follower'

const START = 512

/** A follower of what is appended to a file after its first 512 bytes. */
async function follow() {
  const file = path.join(temporaryFolder(), 'body')
  await writeFile(file, Buffer.alloc(START, ' '))
  const follower = new Follower()
  let opened = 0
  const reopen = (): Promise<FileHandle> => {
    opened += 1
    return open(file, 'r')
  }
  const append = async (chunk: Buffer) => {
    follower.give(chunk)
    await writeFile(file, chunk, { flag: 'a' })
    follower.wrote(chunk.length)
  }
  return { follower, append, pieces: follower.read(reopen, START), opened: () => opened }
}

const chunksOf = (count: number, sizeBytes: number) =>
  Array.from({ length: count }, () => randomBytes(sizeBytes))

test('a reader that keeps pace has every byte in order, without the file', async () => {
  const { follower, append, pieces, opened } = await follow()
  const chunks = chunksOf(30, 100_000)
  const read: Buffer[] = []
  for (const chunk of chunks) {
    await append(chunk)
    read.push((await pieces.next()).value)
  }
  follower.end()
  expect((await pieces.next()).done).toBe(true)
  expect(Buffer.concat(read).equals(Buffer.concat(chunks))).toBe(true)
  expect(opened()).toBe(0)
})

test('a reader that comes late has every byte in order, most of them from the file, then keeps pace again', async () => {
  const { follower, append, pieces, opened } = await follow()
  const chunks = chunksOf(50, 500_000)
  for (const chunk of chunks.slice(0, 40)) await append(chunk)
  const reading = buffer(pieces)
  for (const chunk of chunks.slice(40)) await append(chunk)
  follower.end()
  expect((await reading).equals(Buffer.concat(chunks))).toBe(true)
  expect(opened()).toBe(1)
})

test('what a reader left behind takes no room of the next one', async () => {
  const left = await follow()
  const chunks = chunksOf(7, 1_000_000)
  await left.append(randomBytes(1_000_000))
  await left.pieces.next()
  for (const chunk of chunks) await left.append(chunk)
  await left.pieces.return(undefined)
  for (const chunk of chunks) await left.append(chunk)

  const next = await follow()
  for (const chunk of chunks) await next.append(chunk)
  next.follower.end()
  expect((await buffer(next.pieces)).equals(Buffer.concat(chunks))).toBe(true)
  expect(next.opened()).toBe(0)
})

test('a reader waits for what was given and is not written yet, and ends where nothing more is written', async () => {
  const { follower, append, pieces } = await follow()
  const [first, second] = [randomBytes(5_000_000), randomBytes(5_000_000)]
  await append(first)
  follower.give(second) // the disk takes it no more
  const reading = buffer(pieces)
  follower.end()
  expect((await reading).equals(first)).toBe(true)
})
