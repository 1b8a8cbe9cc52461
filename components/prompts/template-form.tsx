import { useRef, useState, type FormEvent } from 'react'
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

type FormProps = {
  team: string
  template?: PromptTemplate
  /** What a new one begins with. */
  text?: string
  onClose: () => void
  onSaved: () => void
}

/** Adds a template, or changes one. */
export function TemplateForm({ team, template, text: begun = '', onClose, onSaved }: FormProps) {
  const t = useTranslations('templates.form')
  const c = useTranslations('common')
  const save = useSaveTemplate(team)
  const [name, setName] = useState(template?.name ?? '')
  const [text, setText] = useState(template?.text ?? begun)
  const [wasTried, setTried] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const code = save.error instanceof ApiError ? save.error.code : undefined
  const over = codePoints(text.trim()) - PROMPT_MAX
  const problem = problemsOf({ name, text, over, code })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (hasText(name) && hasText(text) && over <= 0)
      save.mutate({ id: template?.id, name, text }, { onSuccess: onSaved })
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
          <LimitedInput ref={first} autoComplete="off" value={name} limit={NAME_MAX} onText={setName} />
        </Field>
        <Field
          label={t('text')}
          hint={t('textHint', { variable: `{${t('variable')}}` })}
          error={errorOf('text')}
        >
          <TextArea value={text} rows={5} onChange={(event) => setText(event.target.value)} />
        </Field>
        {save.error && code !== 'already_exists' && (
          <Notice kind="unknown" title={code === 'conflict' ? t('full') : c(errorKey(save.error))} />
        )}
        <div className="flex justify-end gap-2 pt-2">
          <Button tone="ghost" onClick={onClose}>
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
