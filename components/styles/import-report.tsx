'use client'
import { useTranslations } from 'use-intl/react'
import { useStyleWords } from '@/components/styles/style-words'
import { Notice } from '@/components/ui/notice'
import { Tag } from '@/components/ui/tag'
import type { ImportProblem, ImportReport, ImportRow } from '@/lib/styles/schema'
import { isolate } from '@/lib/text/isolate'

const PROBLEMS_SHOWN = 8
const ROWS_SHOWN = 50

/** What a file would do: counts, what is wrong on which line, and the rows themselves. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const t = useTranslations('styles')
  if (report.fileProblem) {
    const line = report.fileProblemLine
    const where = line === null ? '' : `${t('importer.line', { line })}: `
    return <Notice kind="refused" title={where + t(`importer.fileProblem.${report.fileProblem}`)} />
  }
  const { create, update, unchanged, skip, problem } = report.counts
  const counts = [
    t('importer.create', { count: create }),
    t('importer.change', { count: update }),
    unchanged > 0 && t('importer.unchanged', { count: unchanged }),
    skip > 0 && t('importer.skipped', { count: skip }),
  ]
  return (
    <div className="grid gap-4">
      <p role="status" className="text-15 font-medium">
        {counts.filter(Boolean).join(' · ')}
      </p>
      {report.unknownColumns.length > 0 && (
        <p className="text-13 text-text-2">
          {t('importer.unknownColumns', { names: report.unknownColumns.map(isolate).join(', ') })}
        </p>
      )}
      {problem > 0 && <Problems problems={report.problems} lines={problem} />}
      {report.rows.length > 0 && <Rows report={report} />}
    </div>
  )
}

/** Sentences that say "styleId" themselves. */
const NAMES_ITS_COLUMN = ['missing_style_id', 'not_an_integer', 'rounded_number', 'duplicate_in_file']

function Problems({ problems, lines }: { problems: ImportProblem[]; lines: number }) {
  const t = useTranslations('styles')
  const shown = problems.slice(0, PROBLEMS_SHOWN)
  const hidden = lines - new Set(shown.map((problem) => problem.line)).size
  return (
    <Notice kind="refused" title={t('importer.problems', { count: lines })}>
      <ul className="grid gap-1">
        {shown.map((problem) => (
          <li key={`${problem.line}.${problem.column}.${problem.code}`} className="wrap-anywhere">
            <b className="font-medium text-text">{t('importer.line', { line: problem.line })}</b>{' '}
            {problem.column && !NAMES_ITS_COLUMN.includes(problem.code) && (
              <span className="text-text-3">{problem.column}: </span>
            )}
            {t(`importer.problem.${problem.code}`)}
            {problem.value && ` ${t('importer.value', { value: isolate(problem.value) })}`}
          </li>
        ))}
        {hidden > 0 && <li>{t('importer.moreProblems', { count: hidden })}</li>}
      </ul>
    </Notice>
  )
}

function Rows({ report }: { report: ImportReport }) {
  const t = useTranslations('styles')
  const shown = report.rows.slice(0, ROWS_SHOWN)
  const { create, update, unchanged, skip } = report.counts
  const hidden = create + update + unchanged + skip - shown.length
  return (
    <div className="max-h-64 overflow-auto rounded-m edge">
      <table className="w-full text-left text-13">
        <thead className="sticky top-0 bg-overlay text-text-2">
          <tr className="border-b border-line [&>th]:px-3 [&>th]:py-2 [&>th]:font-medium [&>th]:wrap-normal">
            <th>{t('importer.column.outcome')}</th>
            <th>{t('importer.column.number')}</th>
            <th>{t('importer.column.names')}</th>
            <th className="phone:hidden">{t('importer.column.category')}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map((row) => (
            <Row key={row.line} row={row} />
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <p className="border-t border-line px-3 py-2 text-13 text-text-3">
          {t('importer.moreRows', { count: hidden })}
        </p>
      )}
    </div>
  )
}

function Row({ row }: { row: ImportRow }) {
  const t = useTranslations('styles')
  const words = useStyleWords()
  const names = row.nameKo === row.nameEn ? row.nameKo : `${row.nameKo} · ${row.nameEn}`
  return (
    <tr className="[&>td]:px-3 [&>td]:py-2">
      <td>
        <Tag>{t(`importer.outcome.${row.outcome}`)}</Tag>
      </td>
      <td className="whitespace-nowrap">{row.styleId}</td>
      <td className="wrap-anywhere" dir="auto">
        {names}
      </td>
      <td dir="auto" className="text-text-2 phone:hidden">
        {words.categories(row)}
      </td>
    </tr>
  )
}
