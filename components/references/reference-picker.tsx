'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { DropBox } from '@/components/references/drop-box'
import { PathForm } from '@/components/references/path-form'
import { RecentReferences } from '@/components/references/recent-references'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError, errorKey } from '@/lib/api-client'
import { referenceQueries, registerReference, uploadReference } from '@/lib/references/client'
import { problemOfFile } from '@/lib/references/file-kind'
import { problemOf } from '@/lib/references/limits'
import type { Reference, UploadProblem } from '@/lib/references/schema'

type ReferencePickerProps = {
  /** The team's slug. */
  team: string
  /** The upstream path in use; null for none. */
  value: string | null
  onPick: (path: string | null, reference?: Reference) => void
}

/** Brings in a reference by drop, paste, file or typed path, or takes a recent one. Needs the `references` sentences. */
export function ReferencePicker({ team, value, onPick }: ReferencePickerProps) {
  const t = useTranslations('references')
  const c = useTranslations('common')
  const recent = useQuery(referenceQueries.list(team))
  const add = useMutation({
    mutationFn: (given: File | string) =>
      typeof given === 'string' ? registerReference(team, given) : uploadReference(team, given),
    meta: { invalidates: [referenceQueries.list(team).queryKey] },
  })
  const [seen, setSeen] = useState<UploadProblem | null>(null)
  const take = async (given: File | string) => {
    const wrong = typeof given === 'string' ? null : await lookInto(given)
    setSeen(wrong)
    if (!wrong) add.mutate(given, { onSuccess: (reference) => onPick(reference.path, reference) })
  }
  const problem = seen ?? problemOf(add.error instanceof ApiError ? add.error : null)
  if (recent.isPending) return <Skeleton className="h-40 rounded-m" />
  if (!recent.data) return <Notice title={t('loadFailed')}>{c(errorKey(recent.error))}</Notice>
  const { items, canUpload } = recent.data
  return (
    <div className="grid gap-4">
      {canUpload && (
        <DropBox
          chosen={items.find((item) => item.path === value) ?? null}
          isBusy={add.isPending}
          onFile={take}
          onRemove={() => onPick(null)}
        />
      )}
      {(seen || add.error) && (
        <Notice kind="refused" title={t('failed')} className="p-4!">
          {problem ? t(`problems.${problem}`) : c(errorKey(add.error))}
        </Notice>
      )}
      <PathForm value={value} isOnlyWay={!canUpload} isBusy={add.isPending} onPath={take} />
      <RecentReferences
        items={items}
        value={value}
        onPick={(reference) => onPick(reference.path, reference)}
      />
    </div>
  )
}

const HEAD_BYTES = 16

/** What can be seen wrong with a file before it is sent. */
async function lookInto(file: File): Promise<UploadProblem | null> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  return problemOfFile({ size: file.size, head })
}
