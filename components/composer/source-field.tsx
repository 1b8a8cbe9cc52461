'use client'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { ImageField } from '@/components/composer/image-field'
import { StyleField } from '@/components/composer/style-field'
import { onDemand } from '@/components/ui/on-demand'
import { Segmented } from '@/components/ui/segmented'
import { SOURCES } from '@/lib/drafts/draft'

const ReferenceField = onDemand(() =>
  import('@/components/composer/reference-field').then((module) => module.ReferenceField),
)

const fields = { style: StyleField, reference: ReferenceField, image: ImageField }

/** Exactly one source; what was chosen for the others stays for when somebody comes back to them. */
export function SourceField() {
  const t = useTranslations('create.source')
  const { store } = useComposer()
  const source = useComposed((state) => state.draft.source)
  const Field = fields[source]
  return (
    <div className="grid gap-2">
      <span className="text-13 font-medium text-text-2">{t('label')}</span>
      <Segmented
        label={t('label')}
        value={source}
        options={SOURCES.map((value) => ({ value, label: t(value) }))}
        onChange={(value) => store.edit({ source: value })}
        className="*:px-1.5"
      />
      <Field />
    </div>
  )
}

const StylePicker = onDemand(() =>
  import('@/components/composer/style-picker').then((module) => module.StylePicker),
)
const ImagePicker = onDemand(() =>
  import('@/components/composer/image-picker').then((module) => module.ImagePicker),
)

/** The picker that somebody asked for, from the form or from the feed; it comes with its first opening. */
export function SourcePickers() {
  const picker = useComposed((state) => state.picker)
  if (!picker) return null
  const Picker = { style: StylePicker, image: ImagePicker }[picker]
  return <Picker />
}
