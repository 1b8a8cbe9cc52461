'use client'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { DescribeButton } from '@/components/composer/describe-button'
import { useTakeReference } from '@/components/composer/use-take-reference'
import { ReferencePicker } from '@/components/references/reference-picker'

/** A reference: an uploaded image, one that is there already, or a typed path. */
export function ReferenceField() {
  const { store, team } = useComposer()
  const take = useTakeReference()
  const reference = useComposed((state) => state.draft.reference)
  return (
    <>
      <ReferencePicker
        team={team}
        value={reference?.path ?? null}
        onTake={take}
        onPick={(picked) =>
          store.edit({ reference: picked && { path: picked.path, thumb: picked.urls?.thumb } })
        }
      />
      {reference && <DescribeButton />}
    </>
  )
}
