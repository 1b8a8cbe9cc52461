import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseStyleFile } from '@/lib/styles/import-file'

const csv = (content: string) => parseStyleFile('csv', content)
const given = (name: string) => csv(readFileSync(`e2e/support/cases/${name}.csv`, 'utf8'))
type File = Awaited<ReturnType<typeof csv>>
const numbersOf = (file: File) =>
  file.fileProblem === null ? [file.rows.map(({ styleId }) => styleId), file.problems] : file
const problemsOf = (file: File) =>
  file.fileProblem === null ? file.problems.map(({ line, column, code }) => [line, column, code]) : file

describe('a list of styles from a spreadsheet', () => {
  test("is read with Excel's empty rows, with its separator hint, and with the decimals of pandas", async () => {
    expect(numbersOf(await given('excel-empty-rows'))).toEqual([[910001, 910002], []])
    expect(numbersOf(await given('excel-sep-hint'))).toEqual([[910021], []])
    expect(numbersOf(await given('pandas-float-ids'))).toEqual([[910011, 910012], []])
  })

  test('keeps the lines of the file where rows are empty or the separator is said first', async () => {
    const hinted = await csv('sep=;\nstyleId;nameEn\n1;One\n;;\n;Two')
    expect(hinted).toMatchObject({ rows: [{ line: 3 }], problems: [{ line: 5, code: 'missing_style_id' }] })
  })

  test.each([
    ['352.00', 352],
    ['"1,234"', 1234],
    ['"1,234,567.0"', 1_234_567],
    ['1 234', 1234],
    ['1\u00a0234', 1234],
    ['3.52E+02', 352],
    ['9.10021e5', 910_021],
    ['"=""352"""', 352],
    ["'352", 352],
    ['３５２', 352],
    ['#352', 352],
    ['000352', 352],
  ])('takes %s for the number it is', async (cell, styleId) => {
    expect(numbersOf(await csv(`styleId,nameEn\n${cell},Ink`))).toEqual([[styleId], []])
  })

  test.each([
    ['9.1E+05', 'rounded_number'],
    ['#N/A', 'spreadsheet_error'],
    ['#REF!', 'spreadsheet_error'],
    ['######', 'spreadsheet_error'],
    ['NaN', 'missing_style_id'],
    ['1.5', 'not_an_integer'],
    ['"1,23"', 'not_an_integer'],
    ['2026-11-26', 'not_an_integer'],
    ['x'.repeat(10_000), 'not_an_integer'],
  ])('names the row whose number is %s', async (cell, problem) => {
    expect(problemsOf(await csv(`styleId,nameEn\n1,One\n${cell},Ink`))).toEqual([[3, 'styleId', problem]])
  })

  test('reads bars, tabs and decimal commas, and inch marks as text', async () => {
    expect(await csv('styleId|nameEn\r1|5" pen\r2|Two')).toMatchObject({
      problems: [],
      rows: [{ nameEn: '5" pen' }, { nameEn: 'Two' }],
    })
    expect(numbersOf(await csv('styleId;nameEn\n352,0;Ink'))).toEqual([[352], []])
    expect(problemsOf(await csv('styleId\tnameEn\n352\t"Ink\twash"'))).toEqual([
      [2, 'nameEn', 'control_character'],
    ])
  })

  test('says by line what is in a wrong cell', async () => {
    expect(problemsOf(await csv('styleId,nameEn\n1,"two\nlines"\n2,b,c\n3,#N/A\n4,a\ufffdb'))).toEqual([
      [3, 'nameEn', 'control_character'],
      [4, '', 'too_many_cells'],
      [5, 'nameEn', 'spreadsheet_error'],
      [6, 'nameEn', 'unreadable_character'],
    ])
    expect(await csv('styleId,nameEn\n1,One,,,\n2,Two,\u200b')).toMatchObject({ problems: [] })
  })

  test('finds the columns by other names for them, their own names first', async () => {
    expect(await csv('번호,이름,영문명,대분류,비고\n7,수채,Watercolour,회화,x')).toMatchObject({
      unknownColumns: ['비고'],
      rows: [{ styleId: 7, nameKo: '수채', nameEn: 'Watercolour', superCategory: '회화' }],
    })
    expect(await csv('id,Style-ID,Name\n1,2,Two')).toMatchObject({
      unknownColumns: ['id'],
      rows: [{ styleId: 2, nameKo: 'Two' }],
    })
  })

  test('is told apart from a workbook, and says where a quotation mark was left open', async () => {
    expect(await csv('PK\u0003\u0004\u0014')).toEqual({ fileProblem: 'not_text', line: null })
    expect(await csv(`styleId,nameEn\n1,One\n2,"Two\n${'3,Three\n'.repeat(4_000)}`)).toEqual({
      fileProblem: 'row_too_long',
      line: 3,
    })
    expect(await csv(`styleId${',a'.repeat(300)}\n1`)).toEqual({ fileProblem: 'too_many_columns', line: 1 })
  })
})
