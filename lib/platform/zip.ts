import 'server-only'
import { crc32 } from 'node:zlib'

export type ZipEntry = { name: string; read: () => Promise<Buffer> }

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END = 0x06054b50
const UTF8_NAMES = 0x0800
/** 1 January 1980, where the format's calendar begins: the same images always make the same archive. */
const DATE = 0x0021

type Written = { name: Buffer; crc: number; sizeBytes: number; offset: number }

/**
 * A ZIP of files as they are (images do not shrink), one file in memory at a time. Good to 4 GB and 65,535 files,
 * which callers stay far below.
 */
export async function* zip(entries: ZipEntry[]): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let offset = 0
  for (const entry of entries) {
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

function localHeader({ name, crc, sizeBytes }: Written): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(LOCAL_HEADER, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(UTF8_NAMES, 6)
  header.writeUInt16LE(DATE, 12)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(sizeBytes, 18)
  header.writeUInt32LE(sizeBytes, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function centralHeader({ name, crc, sizeBytes, offset }: Written): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(CENTRAL_HEADER, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(UTF8_NAMES, 8)
  header.writeUInt16LE(DATE, 14)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(sizeBytes, 20)
  header.writeUInt32LE(sizeBytes, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(offset, 42)
  return Buffer.concat([header, name])
}

function endOf(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(directoryBytes, 12)
  end.writeUInt32LE(directoryOffset, 16)
  return end
}
