import 'server-only'
import { crc32 } from 'node:zlib'

export type ZipEntry = { name: string; read: () => Promise<Buffer> }

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END = 0x06054b50
const WIDE_END = 0x06064b50
const WIDE_END_PLACE = 0x07064b50
const UTF8_NAMES = 0x0800
/** 1 January 1980, where the format's calendar begins: the same images always make the same archive. */
const DATE = 0x0021
/** The first values that do not fit the fields of the old format: ZIP64 has wider ones, and needs version 4.5. */
const MAX_16 = 0xffff
const MAX_32 = 0xffffffff
const WIDE_FIELD = 1

type Written = { name: Buffer; crc: number; sizeBytes: number; offset: number }

/**
 * A ZIP of files as they are (images do not shrink), one file in memory at a time: each below 4 GB, any number of them
 * (ZIP64 where the old format ends).
 */
export async function* zip(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for await (const entry of entries) {
    const bytes = await entry.read()
    const file = { name: Buffer.from(entry.name), crc: crc32(bytes), sizeBytes: bytes.length, offset }
    const header = localHeader(file)
    yield header
    yield bytes
    offset += header.length + bytes.length
    written.push(file)
  }
  const directory = Buffer.concat(written.map(centralHeader))
  yield directory
  yield endOf(written.length, directory.length, offset)
}

const isFar = ({ offset }: Written) => offset >= MAX_32
const versionFor = (file: Written) => (isFar(file) ? 45 : 20)

/** Beyond 4 GB the sizes stand in the wide field too: Info-ZIP compares both headers. */
function localHeader(file: Written): Buffer {
  const { name, crc, sizeBytes } = file
  const extra = isFar(file) ? wideField([sizeBytes, sizeBytes]) : Buffer.alloc(0)
  const shownSize = isFar(file) ? MAX_32 : sizeBytes
  const header = Buffer.alloc(30)
  header.writeUInt32LE(LOCAL_HEADER, 0)
  header.writeUInt16LE(versionFor(file), 4)
  header.writeUInt16LE(UTF8_NAMES, 6)
  header.writeUInt16LE(DATE, 12)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(shownSize, 18)
  header.writeUInt32LE(shownSize, 22)
  header.writeUInt16LE(name.length, 26)
  header.writeUInt16LE(extra.length, 28)
  return Buffer.concat([header, name, extra])
}

function centralHeader(file: Written): Buffer {
  const { name, crc, sizeBytes, offset } = file
  const extra = isFar(file) ? wideField([offset]) : Buffer.alloc(0)
  const header = Buffer.alloc(46)
  header.writeUInt32LE(CENTRAL_HEADER, 0)
  header.writeUInt16LE(versionFor(file), 4)
  header.writeUInt16LE(versionFor(file), 6)
  header.writeUInt16LE(UTF8_NAMES, 8)
  header.writeUInt16LE(DATE, 14)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(sizeBytes, 20)
  header.writeUInt32LE(sizeBytes, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE(Math.min(offset, MAX_32), 42)
  return Buffer.concat([header, name, extra])
}

function wideField(values: number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length)
  field.writeUInt16LE(WIDE_FIELD, 0)
  field.writeUInt16LE(8 * values.length, 2)
  values.forEach((value, place) => field.writeBigUInt64LE(BigInt(value), 4 + 8 * place))
  return field
}

/** The end of an archive; where a number does not fit it, the wide end that holds it goes before. */
function endOf(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const isWide = count >= MAX_16 || directoryOffset >= MAX_32 || directoryBytes >= MAX_32
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(isWide ? MAX_16 : count, 8)
  end.writeUInt16LE(isWide ? MAX_16 : count, 10)
  end.writeUInt32LE(isWide ? MAX_32 : directoryBytes, 12)
  end.writeUInt32LE(isWide ? MAX_32 : directoryOffset, 16)
  return isWide ? Buffer.concat([wideEnd(count, directoryBytes, directoryOffset), end]) : end
}

function wideEnd(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(76)
  end.writeUInt32LE(WIDE_END, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeUInt16LE(45, 12)
  end.writeUInt16LE(45, 14)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(directoryBytes), 40)
  end.writeBigUInt64LE(BigInt(directoryOffset), 48)
  end.writeUInt32LE(WIDE_END_PLACE, 56)
  end.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 64)
  end.writeUInt32LE(1, 72)
  return end
}
