'use client'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { DescribeButton } from '@/components/composer/describe-button'
import { ReferencePicker } from '@/components/references/reference-picker'

/** A reference: an uploaded image, one that is there already, or a typed path. */
export function ReferenceField() {
  const { store, team, person } = useComposer()
  const reference = useComposed((state) => state.draft.reference)
  return (
    <>
      <ReferencePicker
        team={team}
        person={person}
        value={reference?.path ?? null}
        onPick={(path, picked) =>
          store.edit({ reference: path === null ? null : { path, thumb: picked?.urls?.thumb } })
        }
      />
      {reference && <DescribeButton />}
    </>
  )
}
