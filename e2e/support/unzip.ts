import { crc32 } from 'node:zlib'

const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30

/** The files of a small archive whose files are stored as they are, by name. Throws where a checksum is wrong. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.subarray(-END_BYTES)
  const files = new Map<string, Buffer>()
  let at = end.readUInt32LE(16)
  for (let left = end.readUInt16LE(10); left > 0; left -= 1) {
    const [crc, sizeBytes] = [archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 24)]
    const nameBytes = archive.readUInt16LE(at + 28)
    const name = archive.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes).toString()
    const start = archive.readUInt32LE(at + 42) + LOCAL_BYTES + nameBytes
    const bytes = archive.subarray(start, start + sizeBytes)
    if (crc32(bytes) !== crc) throw new Error(`${name} is damaged.`)
    files.set(name, bytes)
    at += CENTRAL_BYTES + nameBytes + archive.readUInt16LE(at + 30)
  }
  return files
}
