'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { DropBox } from '@/components/references/drop-box'
import { PathForm } from '@/components/references/path-form'
import { RecentReferences } from '@/components/references/recent-references'
import { useReferenceTrash } from '@/components/references/use-reference-trash'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { forgetFailedAttempts, referenceQueries, useAddingReference } from '@/lib/references/client'
import { problemOf } from '@/lib/references/limits'
import type { Reference } from '@/lib/references/schema'

type ReferencePickerProps = {
  /** The team's slug. */
  team: string
  /** The upstream path in use; null for none. */
  value: string | null
  /** Brings a file or a typed path in. */
  onTake: (given: File | string) => void
  onPick: (reference: Reference | null) => void
}

/** Brings in a reference by drop, file or typed path, or takes a recent one. Needs the `references` sentences. */
export function ReferencePicker({ team, value, onTake, onPick }: ReferencePickerProps) {
  const t = useTranslations('references')
  const c = useTranslations('common')
  const viewer = useViewer()
  const recent = useQuery(referenceQueries.list(team))
  const trash = useReferenceTrash(team)
  const { isPending, error } = useAddingReference(team)
  const client = useQueryClient()
  useEffect(() => () => forgetFailedAttempts(client, team), [client, team, value])
  const problem = problemOf(error instanceof ApiError ? error : null)
  if (recent.isPending) return <Skeleton className="h-40 rounded-m" />
  if (!recent.data) return <Notice title={t('loadFailed')}>{c(errorKey(recent.error))}</Notice>
  const { items, canUpload } = recent.data
  return (
    <div className="grid gap-4">
      {canUpload && (
        <DropBox
          chosen={items.find((item) => item.path === value) ?? null}
          isBusy={isPending}
          onFile={onTake}
          onRemove={() => onPick(null)}
        />
      )}
      {error && (
        <Notice kind="refused" title={t('failed')} className="p-4!">
          {problem ? t(`problems.${problem}`) : c(errorKey(error))}
        </Notice>
      )}
      <PathForm value={value} isOnlyWay={!canUpload} isBusy={isPending} onPath={onTake} />
      <RecentReferences
        items={items}
        value={value}
        onPick={onPick}
        canRemove={({ makerId }) => canChange(viewer, makerId)}
        onRemove={(reference) => {
          trash.remove(reference)
          if (reference.path === value) onPick(null)
        }}
      />
    </div>
  )
}
