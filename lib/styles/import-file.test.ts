import { describe, expect, test } from 'vitest'
import { IMPORT_MAX_ROWS, parseStyleFile } from '@/lib/styles/import-file'

const csv = (content: string) => parseStyleFile('csv', content)
const problemsOf = (file: Awaited<ReturnType<typeof parseStyleFile>>) =>
  file.fileProblem === null ? file.problems.map(({ line, column, code }) => [line, column, code]) : file

describe('a CSV of styles', () => {
  test('gives its good rows with the lines of the file', async () => {
    const file = await csv(
      '\uFEFFstyleId,nameKo,nameEn\n352,수묵 대나무,Ink bamboo\n\n12,"민화, 큰",Minhwa\n',
    )
    expect(file).toMatchObject({
      fileProblem: null,
      problems: [],
      rows: [
        { line: 2, styleId: 352, nameKo: '수묵 대나무', nameEn: 'Ink bamboo', superCategory: '' },
        { line: 4, styleId: 12, nameKo: '민화, 큰' },
      ],
    })
  })

  test('reads what spreadsheets of other countries write, and headings with spaces', async () => {
    expect(await csv('Style ID;Name KO;Main category\r\n7;수채;회화; \r\n')).toMatchObject({
      rows: [{ styleId: 7, nameKo: '수채', nameEn: '수채', mainCategory: '회화' }],
    })
    expect(await csv('style_id\tnameEn\n8\tRiso; print, two')).toMatchObject({
      rows: [{ styleId: 8, nameEn: 'Riso; print, two' }],
    })
  })

  test('names every problem by line, column and kind, and keeps the rest', async () => {
    const file = await csv(
      [
        'styleId,nameEn',
        ',No id',
        '1.5,Half',
        '-3,Minus',
        '9007199254740993,Huge',
        '4,',
        '5,Five',
        '5,Again',
      ].join('\n'),
    )
    expect(problemsOf(file)).toEqual([
      [2, 'styleId', 'missing_style_id'],
      [3, 'styleId', 'not_an_integer'],
      [4, 'styleId', 'not_an_integer'],
      [5, 'styleId', 'not_an_integer'],
      [6, 'nameKo', 'missing_name'],
      [8, 'styleId', 'duplicate_in_file'],
    ])
    expect(file).toMatchObject({ rows: [{ line: 7, styleId: 5 }] })
  })

  test('tells columns it does not know instead of dropping them silently', async () => {
    expect(await csv('styleId,nameEn,colour\n1,One,red')).toMatchObject({ unknownColumns: ['colour'] })
  })

  test('refuses names that are too long or hide control characters', async () => {
    expect(problemsOf(await csv(`styleId,nameEn\n1,${'x'.repeat(81)}\n2,"a\u0000b"`))).toEqual([
      [2, 'nameEn', 'too_long'],
      [3, 'nameEn', 'control_character'],
    ])
  })

  test('says what is wrong with the file as a whole', async () => {
    expect(await csv('')).toEqual({ fileProblem: 'empty', line: null })
    expect(await csv('styleId,nameEn\n')).toEqual({ fileProblem: 'empty', line: null })
    expect(await csv('colour,size\n1,One')).toEqual({ fileProblem: 'no_style_id_column', line: null })
    expect(await csv('styleId,nameEn\n1,"open')).toEqual({ fileProblem: 'not_csv', line: 2 })
    expect(await csv(`styleId,nameEn\n${'가'.repeat(400_000)}`)).toEqual({
      fileProblem: 'too_large',
      line: null,
    })
    const rows = Array.from({ length: IMPORT_MAX_ROWS + 1 }, (_, place) => `${place + 1},S`)
    expect(await csv(`styleId,nameEn\n${rows.join('\n')}`)).toEqual({
      fileProblem: 'too_many_rows',
      line: null,
    })
  })
})

describe('a JSON of styles', () => {
  const json = (value: unknown) => parseStyleFile('json', JSON.stringify(value))

  test('takes a list, or what this API itself answers', async () => {
    const style = { styleId: 3, nameKo: '셋', nameEn: 'Three' }
    expect(await json([style])).toMatchObject({ rows: [{ line: 1, ...style }] })
    expect(await json({ items: [style] })).toMatchObject({ rows: [{ line: 1, ...style }] })
  })

  test('names problems by the place in the list', async () => {
    expect(problemsOf(await json([7, { styleId: true, nameEn: 'x' }, { styleId: 1, nameEn: 5 }]))).toEqual([
      [1, '', 'not_an_object'],
      [2, 'styleId', 'not_an_integer'],
      [3, 'nameEn', 'not_text'],
      [3, 'nameKo', 'missing_name'],
    ])
  })

  test('survives names that mean something to JavaScript', async () => {
    const file = await parseStyleFile('json', '[{"__proto__": {"styleId": 1}, "nameEn": "x"}]')
    expect(problemsOf(file)).toEqual([[1, 'styleId', 'missing_style_id']])
  })

  test('says what is wrong with the file as a whole', async () => {
    expect(await parseStyleFile('json', '{')).toEqual({ fileProblem: 'not_json', line: null })
    expect(await json('text')).toEqual({ fileProblem: 'not_an_array', line: null })
  })
})
