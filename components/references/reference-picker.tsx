'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { DropBox } from '@/components/references/drop-box'
import { PathForm } from '@/components/references/path-form'
import { RecentReferences } from '@/components/references/recent-references'
import { useReferenceTrash } from '@/components/references/use-reference-trash'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import {
  forgetFailedAttempts,
  referenceQueries,
  useAddingReference,
  useAddReference,
} from '@/lib/references/client'
import { problemOf } from '@/lib/references/limits'
import type { Reference } from '@/lib/references/schema'

type ReferencePickerProps = {
  /** The team's slug. */
  team: string
  /** The upstream path in use; null for none. */
  value: string | null
  onPick: (path: string | null, reference?: Reference) => void
  /** Who picks: their own references they may delete, admins everybody's. */
  person: { id: string; canGenerate: boolean; canChangeAll: boolean }
}

/** Brings in a reference by drop, file or typed path, or takes a recent one. Needs the `references` sentences. */
export function ReferencePicker({ team, value, onPick, person }: ReferencePickerProps) {
  const t = useTranslations('references')
  const c = useTranslations('common')
  const recent = useQuery(referenceQueries.list(team))
  const add = useAddReference(team)
  const trash = useReferenceTrash(team)
  const { isPending, error } = useAddingReference(team)
  const client = useQueryClient()
  useEffect(() => () => forgetFailedAttempts(client, team), [client, team, value])
  const take = (given: File | string) =>
    add.mutate(given, { onSuccess: (reference) => onPick(reference.path, reference) })
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
          onFile={take}
          onRemove={() => onPick(null)}
        />
      )}
      {error && (
        <Notice kind="refused" title={t('failed')} className="p-4!">
          {problem ? t(`problems.${problem}`) : c(errorKey(error))}
        </Notice>
      )}
      <PathForm value={value} isOnlyWay={!canUpload} isBusy={isPending} onPath={take} />
      <RecentReferences
        items={items}
        value={value}
        onPick={(reference) => onPick(reference.path, reference)}
        canRemove={({ makerId }) => person.canChangeAll || (person.canGenerate && makerId === person.id)}
        onRemove={(reference) => {
          trash.remove(reference)
          if (reference.path === value) onPick(null)
        }}
      />
    </div>
  )
}
