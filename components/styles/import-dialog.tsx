'use client'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ImportReportView } from '@/components/styles/import-report'
import { readStyleFile, type StyleFile } from '@/components/styles/read-file'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Segmented } from '@/components/ui/segmented'
import { showToast } from '@/components/ui/toast'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { useImportStyles } from '@/lib/styles/changes'
import type { ImportReport } from '@/lib/styles/schema'

const EXAMPLE = 'styleId,nameKo,nameEn,superCategory,mainCategory\n352,수묵 대나무,Ink bamboo,회화,수묵'
/** The server takes 1 MB; more than this would not even arrive there as one sentence. */
const MAX_FILE_BYTES = 2_000_000

type Existing = 'update' | 'skip'

/** Choose a file, see line by line what it would do, then do all of it or nothing. */
export function ImportDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const t = useTranslations('styles')
  const c = useTranslations('common')
  const [file, setFile] = useState<StyleFile | null>(null)
  const [existing, setExisting] = useState<Existing>('update')
  const [isHuge, setHuge] = useState(false)
  const run = useImportStyles(team)
  const preview = (next: StyleFile, how: Existing) =>
    run.mutate({ format: next.format, content: next.content, existing: how, mode: 'preview' })
  const choose = async (chosen: File) => {
    setHuge(chosen.size > MAX_FILE_BYTES)
    if (chosen.size > MAX_FILE_BYTES) return
    const next = await readStyleFile(chosen)
    setFile(next)
    preview(next, existing)
  }
  const decide = (how: Existing) => {
    setExisting(how)
    if (file) preview(file, how)
  }
  const apply = () => {
    if (!file) return
    const input = { format: file.format, content: file.content, existing, mode: 'apply' as const }
    run.mutate(input, {
      onSuccess: (report) => {
        showToast({ title: t('importer.done', { count: changesOf(report) }) })
        onClose()
      },
    })
  }
  const report = run.data
  const isTooLarge = isHuge || (run.error instanceof ApiError && run.error.code === 'too_large')
  return (
    <Dialog isOpen onClose={onClose} width="l" title={t('importer.title')} lead={t('importer.lead')}>
      <div className="grid gap-4 pb-3">
        <FileBox name={file?.name} isBusy={run.isPending} onFile={(chosen) => void choose(chosen)} />
        {!file && <Example />}
        {isTooLarge ? (
          <Notice kind="refused" title={t('importer.fileProblem.too_large')} />
        ) : (
          run.error && (
            <Notice kind="unknown" title={t('failed')}>
              {c(errorKey(run.error))}
            </Notice>
          )
        )}
        {file && report && !isHuge && (
          <>
            {!report.fileProblem && (
              <div className="flex items-center justify-between gap-4">
                <span className="font-medium">{t('importer.existing')}</span>
                <Segmented
                  label={t('importer.existing')}
                  value={existing}
                  onChange={decide}
                  options={[
                    { value: 'update', label: t('importer.update') },
                    { value: 'skip', label: t('importer.skip') },
                  ]}
                />
              </div>
            )}
            <ImportReportView report={report} />
          </>
        )}
        <div className="flex justify-end gap-2 pt-1">
          <Button tone="ghost" onClick={onClose}>
            {c('cancel')}
          </Button>
          {report && !report.fileProblem && (
            <Button tone="gold" disabled={changesOf(report) === 0} isBusy={run.isPending} onClick={apply}>
              {t('importer.apply', { count: changesOf(report) })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

const changesOf = ({ counts }: ImportReport) => counts.create + counts.update

type FileBoxProps = { name: string | undefined; isBusy: boolean; onFile: (file: File) => void }

function FileBox({ name, isBusy, onFile }: FileBoxProps) {
  const t = useTranslations('styles')
  const input = useRef<HTMLInputElement>(null)
  return (
    <div
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const [dropped] = event.dataTransfer.files
        if (dropped) onFile(dropped)
      }}
      className="flex flex-wrap items-center gap-3 rounded-m bg-field p-4 outline-1 -outline-offset-1 outline-line-2 outline-dashed"
    >
      <Button isBusy={isBusy} onClick={() => input.current?.click()}>
        {!isBusy && <FileUp aria-hidden className="size-4" />}
        {t(name ? 'importer.another' : 'importer.choose')}
      </Button>
      <span className="min-w-0 truncate text-13 text-text-2">{name ?? t('importer.drop')}</span>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.json,text/csv,application/json"
        aria-label={t('importer.choose')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? []
          if (chosen) onFile(chosen)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

function Example() {
  const t = useTranslations('styles')
  return (
    <figure>
      <figcaption className="mb-1.5 text-13 text-text-2">{t('importer.example')}</figcaption>
      <pre className="overflow-x-auto rounded-s bg-field p-3 text-13 edge">{EXAMPLE}</pre>
    </figure>
  )
}
