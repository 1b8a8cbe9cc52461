import { describe, expect, test } from 'vitest'
import { problemOfFile } from '@/lib/references/file-kind'
import { MAX_FILE_BYTES } from '@/lib/references/limits'

const head = (text: string) => Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))
const png = head('\x89PNG\r\n\x1a\n')

describe('problemOfFile', () => {
  test.each([
    ['PNG', png],
    ['JPEG', head('\xff\xd8\xff\xe0')],
    ['WebP', head('RIFF\x01\x02\x03\x04WEBPVP8 ')],
    ['AVIF', head('\x00\x00\x00\x20ftypavif')],
    ['AVIF of another major brand', head('\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00miafavifmif1')],
    ['AVIF sequence', head('\x00\x00\x00\x18ftypmsf1\x00\x00\x00\x00avisheic')],
  ])('takes a %s by its first bytes', (_name, bytes) => {
    expect(problemOfFile({ size: 1000, head: bytes })).toBeNull()
  })

  test.each([
    ['text'],
    ['GIF89a'],
    ['<svg xmlns="http'],
    ['%PDF-1.7'],
    ['RIFF\x01\x02\x03\x04WAVEfmt '],
    [''],
  ])('does not take %j for an image, whatever its name says', (text) => {
    expect(problemOfFile({ size: 1000, head: head(text) })).toBe('not_an_image')
  })

  test('tells a HEIC photo apart, also where a brand behind the box looks like AVIF', () => {
    const photo = head('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heicavif')
    expect(problemOfFile({ size: 1000, head: photo })).toBe('heic')
  })

  test('says when a file is larger than 20 MB', () => {
    expect(problemOfFile({ size: MAX_FILE_BYTES + 1, head: png })).toBe('too_large')
  })
})
