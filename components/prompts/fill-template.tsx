import { useRef, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { PromptText } from '@/components/prompts/prompt-text'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { PromptTemplate } from '@/lib/prompts/schema'
import { fillIn, variablesOf } from '@/lib/prompts/variables'
import { isolate } from '@/lib/text/isolate'

type FillProps = { template: PromptTemplate; onUse: (text: string) => void; onClose: () => void }

/** Asks for what a template leaves open, and shows the prompt as it becomes. What stays empty stays in braces. */
export function FillTemplate({ template, onUse, onClose }: FillProps) {
  const t = useTranslations('templates.fill')
  const c = useTranslations('common')
  const first = useRef<HTMLInputElement>(null)
  const [values, setValues] = useState<Record<string, string>>({})
  const prompt = fillIn(template.text, values)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onUse(prompt)
  }
  return (
    <Dialog
      isOpen
      title={t('title', { name: isolate(template.name) })}
      onClose={onClose}
      width="m"
      firstFocus={first}
    >
      <form onSubmit={submit} className="grid gap-4 pb-3">
        {variablesOf(template.text).map((name, at) => (
          <Field key={name} label={isolate(name)}>
            <Input
              ref={at === 0 ? first : undefined}
              autoComplete="off"
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
          </Field>
        ))}
        <div className="grid gap-2">
          <span className="text-13 font-medium text-text-2">{t('preview')}</span>
          <p dir="auto" className="rounded-m bg-field px-4 py-3 text-14 wrap-anywhere">
            <PromptText text={prompt} />
          </p>
        </div>
        <div className="flex justify-end gap-2 pt-2">
          <Button tone="ghost" onClick={onClose}>
            {c('cancel')}
          </Button>
          <Button type="submit" tone="gold">
            {t('use')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
