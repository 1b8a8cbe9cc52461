import { describe, expect, test } from 'vitest'
import { readStyleFile } from '@/components/styles/read-file'

const file = (bytes: BlobPart, name: string) => new File([bytes], name)

describe('a chosen file', () => {
  test('is read as UTF-8, and as CP949 where it is not', async () => {
    expect(await readStyleFile(file('styleId,nameKo\n1,수묵', 'a.csv'))).toMatchObject({
      format: 'csv',
      content: 'styleId,nameKo\n1,수묵',
    })
    const cp949 = Uint8Array.from([0xbc, 0xf6, 0xb9, 0xac])
    expect((await readStyleFile(file(cp949, 'a.csv'))).content).toBe('수묵')
  })

  test('is read as UTF-16, with its mark and without', async () => {
    const text = 'styleId\tnameKo\n1\t수묵'
    const little = Uint8Array.from(Buffer.from(text, 'utf16le'))
    const big = Uint8Array.from(Buffer.from(text, 'utf16le').swap16())
    const marked = [Uint8Array.from([0xff, 0xfe]), little]
    expect((await readStyleFile(new File(marked, 'a.txt'))).content).toBe(text)
    for (const bytes of [little, big, Uint8Array.from([0xfe, 0xff, ...big])])
      expect((await readStyleFile(file(bytes, 'a.csv'))).content).toBe(text)
    expect((await readStyleFile(file(Uint8Array.from([0x31]), 'a.csv'))).content).toBe('1')
  })

  test('is JSON by its name or by how it begins', async () => {
    expect((await readStyleFile(file('[]', 'styles.txt'))).format).toBe('json')
    expect((await readStyleFile(file('', 'styles.JSON'))).format).toBe('json')
    expect((await readStyleFile(file('a,b', 'styles.txt'))).format).toBe('csv')
  })
})
