import { describe, expect, it } from 'vitest'
import { attachment, fileStem, pictureFileName } from '@/lib/share-links/file-name'

describe('a download’s name', () => {
  it('keeps letters and numbers of every script and nothing that a path or a header minds', () => {
    expect(fileStem(' 봄 차/2027: "키 비주얼"\r\nSet-Cookie: x ')).toBe('봄-차-2027-키-비주얼-Set-Cookie-x')
    expect(fileStem('../../etc/passwd')).toBe('etc-passwd')
    expect(fileStem('🎨')).toBe('picture')
  })

  it('cuts long titles between letters, never within one', () => {
    const name = fileStem(`${'a'.repeat(59)}𠮷野家`)
    expect(name).toBe(`${'a'.repeat(59)}𠮷`)
    expect(attachment(name)).toContain(encodeURIComponent('𠮷'))
  })

  it('makes one header line of whatever is typed', () => {
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
      const header = attachment(pictureFileName({ title, place: 0, mimeType: 'image/png' }))
      expect(header).toMatch(/^attachment; filename="[\w.-]+\.png"; filename\*=UTF-8''[\w.%-]+\.png$/)
      expect(() => new Headers({ 'content-disposition': header })).not.toThrow()
    }
  })

  it('counts from 01 and ends by what the file is', () => {
    expect(pictureFileName({ title: 'Tea', place: 8, mimeType: 'image/webp' })).toBe('Tea-09.webp')
    expect(pictureFileName({ title: 'Tea', place: 0, mimeType: 'text/html' })).toBe('Tea-01.bin')
  })

  it('is written once for old programs and once whole', () => {
    expect(attachment('감.webp')).toBe(`attachment; filename="_.webp"; filename*=UTF-8''%EA%B0%90.webp`)
  })
})
