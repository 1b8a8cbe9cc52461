import { describe, expect, it } from 'vitest'
import { attachment, fileStem, pictureFileName } from '@/lib/share-links/file-name'

describe('a download’s name', () => {
  it('keeps letters and numbers of every script and nothing that a path or a header minds', () => {
    expect(fileStem(' 봄 차/2027: "키 비주얼"\r\nSet-Cookie: x ')).toBe('봄-차-2027-키-비주얼-Set-Cookie-x')
    expect(fileStem('../../etc/passwd')).toBe('etc-passwd')
    expect(fileStem('🎨')).toBe('picture')
  })

  it('counts from 01 and ends by what the file is', () => {
    expect(pictureFileName({ title: 'Tea', place: 8, mimeType: 'image/webp' })).toBe('Tea-09.webp')
    expect(pictureFileName({ title: 'Tea', place: 0, mimeType: 'text/html' })).toBe('Tea-01.bin')
  })

  it('is written once for old programs and once whole', () => {
    expect(attachment('감.webp')).toBe(`attachment; filename="_.webp"; filename*=UTF-8''%EA%B0%90.webp`)
  })
})
