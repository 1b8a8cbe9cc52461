import { useRef, useState, type Dispatch, type FormEvent, type SetStateAction } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { Notice } from '@/components/ui/notice'
import { TextArea } from '@/components/ui/text-area'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { useSaveTemplate } from '@/lib/prompts/client'
import { NAME_MAX } from '@/lib/prompts/limits'
import type { PromptTemplate } from '@/lib/prompts/schema'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/limits'

type Fields = { id?: string; name: string; text: string }

/** What was typed when the form was closed, and what the form began with: as long as that stays, it comes back. */
export type KeptTemplate = { begun: Fields; typed: Fields } | null

export type TemplateMemory = { kept: KeptTemplate; onKeep: Dispatch<SetStateAction<KeptTemplate>> }

type FormProps = TemplateMemory & {
  team: string
  template?: PromptTemplate
  /** What a new one begins with. */
  text?: string
  onClose: () => void
  onSaved: () => void
}

/** Adds a template, or changes one. */
export function TemplateForm({
  team,
  template,
  text: given = '',
  kept,
  onKeep,
  onClose,
  onSaved,
}: FormProps) {
  const t = useTranslations('templates.form')
  const c = useTranslations('common')
  const save = useSaveTemplate(team)
  const begun = template ?? { name: '', text: given }
  const { id, name, text, change } = useFields(begun, { kept, onKeep })
  const [wasTried, setTried] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const code = save.error instanceof ApiError ? save.error.code : undefined
  const over = codePoints(text.trim()) - PROMPT_MAX
  const problem = problemsOf({ name, text, over, code })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!hasText(name) || !hasText(text) || over > 0) return
    // also when it was closed meanwhile; another one may be written by then
    const forget = () => onKeep((now) => (now === kept ? null : now))
    save.mutateAsync({ id, name, text }, { onSuccess: onSaved }).then(forget, () => undefined) // said below
  }
  const cancel = () => {
    onKeep(null)
    onClose()
  }
  const errorOf = (field: keyof typeof problem) => {
    const key = problem[field]
    const isSaid = key !== undefined && (wasTried || !key.endsWith('Missing'))
    return isSaid ? t(key, { over }) : undefined
  }
  return (
    <Dialog
      isOpen
      title={t(template ? 'editTitle' : 'newTitle')}
      onClose={onClose}
      width="m"
      firstFocus={first}
    >
      <form onSubmit={submit} className="grid gap-4 pb-3">
        <Field label={t('name')} hint={t('nameHint')} error={errorOf('name')}>
          <LimitedInput
            ref={first}
            autoComplete="off"
            value={name}
            limit={NAME_MAX}
            onText={(value) => change({ name: value })}
          />
        </Field>
        <Field
          label={t('text')}
          hint={t('textHint', { variable: `{${t('variable')}}` })}
          error={errorOf('text')}
        >
          <TextArea value={text} rows={5} onChange={(event) => change({ text: event.target.value })} />
        </Field>
        {save.error && code !== 'already_exists' && (
          <Notice kind="unknown" title={code === 'conflict' ? t('full') : c(errorKey(save.error))} />
        )}
        <div className="flex justify-end gap-2 pt-2">
          <Button tone="ghost" onClick={cancel}>
            {c('cancel')}
          </Button>
          <Button type="submit" tone="gold" isBusy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function useFields({ id, name, text }: Fields, { kept, onKeep }: TemplateMemory) {
  const begun = { id, name, text }
  const [typed, setTyped] = useState(() => (kept && isSame(kept.begun, begun) ? kept.typed : begun))
  const change = (fields: Partial<Fields>) => {
    const next = { ...typed, ...fields }
    onKeep({ begun, typed: next })
    setTyped(next)
  }
  return { ...typed, change }
}

const isSame = (one: Fields, other: Fields) =>
  one.id === other.id && one.name === other.name && one.text === other.text

const hasText = (text: string) => text.trim() !== ''

/** What is wrong with each field, by its sentence. */
function problemsOf({ name, text, over, code }: { name: string; text: string; over: number; code?: string }) {
  const taken = code === 'already_exists' ? ('taken' as const) : undefined
  const tooLong = over > 0 ? ('tooLong' as const) : undefined
  return {
    name: hasText(name) ? taken : ('nameMissing' as const),
    text: hasText(text) ? tooLong : ('textMissing' as const),
  }
}
