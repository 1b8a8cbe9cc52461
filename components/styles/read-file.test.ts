import { describe, expect, it } from 'vitest'
import { readStyleFile } from '@/components/styles/read-file'

const file = (bytes: BlobPart, name: string) => new File([bytes], name)

describe('a chosen file', () => {
  it('is read as UTF-8, and as CP949 where it is not', async () => {
    expect(await readStyleFile(file('styleId,nameKo\n1,수묵', 'a.csv'))).toMatchObject({
      format: 'csv',
      content: 'styleId,nameKo\n1,수묵',
    })
    const cp949 = Uint8Array.from([0xbc, 0xf6, 0xb9, 0xac])
    expect((await readStyleFile(file(cp949, 'a.csv'))).content).toBe('수묵')
  })

  it('is JSON by its name or by how it begins', async () => {
    expect((await readStyleFile(file('[]', 'styles.txt'))).format).toBe('json')
    expect((await readStyleFile(file('', 'styles.JSON'))).format).toBe('json')
    expect((await readStyleFile(file('a,b', 'styles.txt'))).format).toBe('csv')
  })
})
