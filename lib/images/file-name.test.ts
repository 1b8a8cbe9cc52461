import { describe, expect, test } from 'vitest'
import { attachment, fileStem, imageFileName } from '@/lib/images/file-name'

describe('a download’s name', () => {
  test('keeps letters and numbers of every script and nothing that a path or a header minds', () => {
    expect(fileStem(' 봄 차/2027: "키 비주얼"\r\nSet-Cookie: x ')).toBe('봄-차-2027-키-비주얼-Set-Cookie-x')
    expect(fileStem('../../etc/passwd')).toBe('etc-passwd')
    expect(fileStem('🎨')).toBe('image')
  })

  test('cuts long titles between letters, never within one', () => {
    const name = fileStem(`${'a'.repeat(59)}𠮷野家`)
    expect(name).toBe(`${'a'.repeat(59)}𠮷`)
    expect(attachment(name)).toContain(encodeURIComponent('𠮷'))
  })

  test.each([
    ['ภาพที่สวยงาม', 'ภาพที่สวยงาม'],
    ['हिन्दी में चित्र', 'हिन्दी-में-चित्र'],
    ['صُورَة جميلة', 'صُورَة-جميلة'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['봄'.normalize('NFD'), '봄'],
    ['Cafe\u0301', 'Café'],
    ['봄 👨‍👩‍👧 1️⃣ ❤️', '봄-1'],
    ['a\u202Eb\u2066c', 'a-b-c'],
    ['report...', 'report'],
    ['\u3164\u115f', 'image'],
    ['\u0301', 'image'],
    ['CON', 'CON_'],
    ['lpt1', 'lpt1_'],
    ['com¹', 'com¹_'],
    ['console', 'console'],
  ])('of %j is %j', (title, stem) => {
    expect(fileStem(title)).toBe(stem)
  })

  test('fits into 255 bytes with its number and ending, cut between letters', () => {
    for (const title of [
      'ที่'.repeat(200),
      '가'.repeat(200),
      '𠮷'.repeat(200),
      `a${'\u0301\u0316'.repeat(9_000)}`,
    ]) {
      const name = imageFileName({ title, place: 9_999, mimeType: 'image/webp' })
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240)
      expect(name).toBe(name.normalize('NFC'))
    }
    expect(fileStem('ที่'.repeat(200))).toMatch(/^(ที่)+$/)
  })

  test('makes one header line of whatever is typed', () => {
    const typed = [
      '"; filename="x.exe',
      'a\r\nSet-Cookie: b=1',
      '../../etc/passwd',
      '\u202Egnp.exe',
      '<script>',
      '%0d%0a',
      '\u0000',
    ]
    for (const title of typed) {
      const header = attachment(imageFileName({ title, place: 0, mimeType: 'image/png' }))
      expect(header).toMatch(/^attachment; filename="[\w.-]+\.png"; filename\*=UTF-8''[\w.%-]+\.png$/)
      expect(() => new Headers({ 'content-disposition': header })).not.toThrow()
    }
  })

  test('counts from 01 and ends by what the file is', () => {
    expect(imageFileName({ title: 'Tea', place: 8, mimeType: 'image/webp' })).toBe('Tea-09.webp')
    expect(imageFileName({ title: 'Tea', place: 0, mimeType: 'text/html' })).toBe('Tea-01.bin')
  })

  test('is written once for old programs and once whole', () => {
    expect(attachment('감.webp')).toBe(`attachment; filename="_.webp"; filename*=UTF-8''%EA%B0%90.webp`)
  })
})
