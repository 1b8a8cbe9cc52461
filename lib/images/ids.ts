import 'server-only'
import { randomBytes } from 'node:crypto'

/**
 * Ids (UUID v7) of the images of one answer, by position. Lists are sorted newest first by time and then by id, so of
 * images that came together the first has the highest id and stands first.
 */
export function imageIds(count: number, now = Date.now()): string[] {
  const head = `${now.toString(16).padStart(12, '0')}7${hex(1)}${hex(1).slice(1)}`
  const middle = `${(0x8 | (randomBytes(1).readUInt8() & 0x3)).toString(16)}${hex(3)}${hex(1).slice(1)}`
  return Array.from({ length: count }, (_, position) => {
    const place = (0xff - position).toString(16).padStart(2, '0')
    const digits = `${head}${middle}${place}${hex(3)}`
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  })
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
