'use client'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useStyleWords } from '@/components/styles/style-words'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LimitedInput } from '@/components/ui/limited-input'
import { Notice } from '@/components/ui/notice'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { useSaveStyle } from '@/lib/styles/changes'
import { CATEGORY_MAX, NAME_MAX } from '@/lib/styles/limits'
import type { Style } from '@/lib/styles/schema'
import { isolate } from '@/lib/text/isolate'

const empty = { nameKo: '', nameEn: '', superCategory: '', mainCategory: '' }
type Words = typeof empty

/** Adds a style by its number, or changes what a known one is called. */
export function StyleForm({ team, style, onClose }: { team: string; style?: Style; onClose: () => void }) {
  const t = useTranslations('styles')
  const c = useTranslations('common')
  const words = useStyleWords()
  const save = useSaveStyle(team)
  const [number, setNumber] = useState('')
  const [fields, setFields] = useState<Words>(style ? pick(style) : empty)
  const [wasTried, setTried] = useState(false)
  const styleId = styleIdIn(number)
  const hasName = fields.nameKo.trim() !== '' || fields.nameEn.trim() !== ''
  const isTaken = save.error instanceof ApiError && save.error.code === 'already_exists'
  const numberProblem = wasTried && styleId === null ? t('form.styleIdWrong') : undefined
  const nameProblem = wasTried && !hasName ? t('form.nameMissing') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!hasName || (!style && styleId === null)) return
    const named = bothNames(fields)
    const change = style ? { id: style.id, ...named } : { styleId: styleId ?? 0, ...named }
    save.mutate(change, { onSuccess: onClose })
  }
  const text = (name: keyof Words, label: string, more: { hint?: string; error?: string } = {}) => (
    <Field label={label} {...more}>
      <LimitedInput
        value={fields[name]}
        limit={name.startsWith('name') ? NAME_MAX : CATEGORY_MAX}
        onText={(value) => setFields({ ...fields, [name]: value })}
      />
    </Field>
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={style ? t('form.editTitle', { name: isolate(words.name(style)) }) : t('form.addTitle')}
    >
      <form onSubmit={submit} className="grid gap-4 pb-3">
        {!style && (
          <Field
            label={t('form.styleId')}
            hint={t('form.styleIdHint')}
            error={isTaken ? t('form.taken') : numberProblem}
          >
            <Input
              inputMode="numeric"
              autoComplete="off"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          </Field>
        )}
        <div className="grid grid-cols-2 items-start gap-3 phone:grid-cols-1">
          {text('nameKo', t('form.nameKo'), {
            hint: t('form.nameHint'),
            error: nameProblem,
          })}
          {text('nameEn', t('form.nameEn'))}
          {text('superCategory', t('form.superCategory'))}
          {text('mainCategory', t('form.mainCategory'))}
        </div>
        {save.error && !isTaken && (
          <Notice kind="unknown" title={t('failed')}>
            {c(errorKey(save.error))}
          </Notice>
        )}
        <div className="flex justify-end gap-2 pt-2">
          <Button tone="ghost" onClick={onClose}>
            {c('cancel')}
          </Button>
          <Button type="submit" tone="gold" isBusy={save.isPending}>
            {t(style ? 'form.save' : 'form.saveNew')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const pick = ({ nameKo, nameEn, superCategory, mainCategory }: Style): Words => ({
  nameKo,
  nameEn,
  superCategory,
  mainCategory,
})

const bothNames = (fields: Words): Words => ({
  ...fields,
  nameKo: fields.nameKo.trim() || fields.nameEn.trim(),
  nameEn: fields.nameEn.trim() || fields.nameKo.trim(),
})

function styleIdIn(text: string): number | null {
  const number = /^\d{1,16}$/.test(text.trim()) ? Number(text) : NaN
  return Number.isSafeInteger(number) && number > 0 ? number : null
}
