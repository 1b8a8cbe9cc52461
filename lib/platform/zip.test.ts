import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
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
  it('points to every file by name, size and checksum', async () => {
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

  it('is the same bytes for the same files', async () => {
    expect((await make()).equals(await make())).toBe(true)
  })
})
