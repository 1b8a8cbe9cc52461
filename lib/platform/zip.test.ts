import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { zip } from '@/lib/platform/zip'

const files = [
  { name: '봄-01.webp', bytes: Buffer.from('first') },
  { name: 'empty.webp', bytes: Buffer.alloc(0) },
  { name: 'big.webp', bytes: Buffer.alloc(100_000, 7) },
]

async function make(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of zip(files.map(({ name, bytes }) => ({ name, read: async () => bytes }))))
    chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('a ZIP', () => {
  test('points to every file by name, size and checksum', async () => {
    const archive = await make()
    const end = archive.subarray(-22)
    expect(end.readUInt32LE(0)).toBe(0x06054b50)
    expect(end.readUInt16LE(10)).toBe(files.length)
    let at = end.readUInt32LE(16)
    for (const { name, bytes } of files) {
      expect(archive.readUInt32LE(at)).toBe(0x02014b50)
      expect(archive.readUInt32LE(at + 16)).toBe(crc32(bytes))
      const nameBytes = archive.readUInt16LE(at + 28)
      expect(archive.subarray(at + 46, at + 46 + nameBytes).toString()).toBe(name)
      const start = archive.readUInt32LE(at + 42) + 30 + nameBytes
      expect(archive.subarray(start, start + bytes.length).equals(bytes)).toBe(true)
      at += 46 + nameBytes
    }
  })

  test('is the same bytes for the same files', async () => {
    expect((await make()).equals(await make())).toBe(true)
  })

  test('holds more files than the old format can count', async () => {
    const count = 66_000
    async function* many() {
      for (let place = 0; place < count; place += 1)
        yield { name: String(place), read: async () => Buffer.from('x') }
    }
    const chunks: Buffer[] = []
    for await (const chunk of zip(many())) chunks.push(chunk)
    const archive = Buffer.concat(chunks)
    expect(archive.readUInt16LE(archive.length - 22 + 10)).toBe(0xffff)
    const wide = archive.subarray(-22 - 76)
    expect(wide.readUInt32LE(0)).toBe(0x06064b50)
    expect(Number(wide.readBigUInt64LE(32))).toBe(count)
    const directory = Number(wide.readBigUInt64LE(48))
    expect(archive.readUInt32LE(directory)).toBe(0x02014b50)
    expect(wide.readUInt32LE(56)).toBe(0x07064b50)
    expect(Number(wide.readBigUInt64LE(64))).toBe(archive.length - 22 - 76)
  })

  test('points to files beyond 4 GB with a wide place', async () => {
    const big = Buffer.alloc(1_500_000_000)
    const sizes = [big, big, big, Buffer.from('the last one')]
    const seen: Buffer[] = []
    let written = 0
    for await (const chunk of zip(
      sizes.map((bytes, place) => ({ name: String(place), read: async () => bytes })),
    )) {
      if (chunk.length < 1_000) seen.push(chunk)
      written += chunk.length
    }
    const [directory, end] = seen.slice(-2)
    const last = directory?.subarray(-(46 + 1 + 12))
    expect(last?.readUInt32LE(42)).toBe(0xffffffff)
    const place = Number(last?.readBigUInt64LE(46 + 1 + 4))
    expect(place).toBe(3 * (30 + 1 + 1_500_000_000))
    expect(place).toBeGreaterThan(2 ** 32)
    expect(Number(end?.readBigUInt64LE(48))).toBe(written - (directory?.length ?? 0) - (end?.length ?? 0))
  }, 30_000)
})
