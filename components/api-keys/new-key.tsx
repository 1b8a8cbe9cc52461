'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LimitedInput } from '@/components/ui/limited-input'
import { Select } from '@/components/ui/select'
import { SCOPES, type Scope } from '@/lib/access/roles'
import { apiKeyQueries, createApiKey } from '@/lib/api-keys/client'
import type { CreateApiKeyInput } from '@/lib/api-keys/schema'
import { styleQueries } from '@/lib/styles/client'

/** Stands in the command until the catalogue has a style. */
const SOME_STYLE = 101
const EXPIRIES = ['never', '30', '90', '365'] as const

type NewKeyProps = { team: string; scopes: readonly Scope[]; onClose: () => void }

/** Makes a key, then shows it this once, with a command that tries it. */
export function NewKey({ team, scopes, onClose }: NewKeyProps) {
  const t = useTranslations('settings')
  const tell = useProblemToast()
  const create = useMutation({
    meta: { invalidates: [apiKeyQueries.all(team)] },
    mutationFn: (input: CreateApiKeyInput) => createApiKey(team, input),
    onError: tell,
  })
  const copyButton = useRef<HTMLButtonElement>(null)
  if (create.data)
    return (
      <Dialog
        isOpen
        width="m"
        title={t('keys.made')}
        lead={t('keys.madeLead')}
        onClose={onClose}
        firstFocus={copyButton}
        footer={<Button onClick={onClose}>{t('keys.done')}</Button>}
      >
        <Secret team={team} secret={create.data.secret} copyRef={copyButton} />
      </Dialog>
    )
  return (
    <Dialog isOpen title={t('keys.new')} onClose={onClose}>
      <KeyForm scopes={scopes} isBusy={create.isPending} onSubmit={(input) => create.mutate(input)} />
    </Dialog>
  )
}

type KeyFormProps = {
  scopes: readonly Scope[]
  isBusy: boolean
  onSubmit: (input: CreateApiKeyInput) => void
}

function KeyForm({ scopes, isBusy, onSubmit }: KeyFormProps) {
  const t = useTranslations('settings')
  const [chosen, setChosen] = useState<readonly Scope[]>(['read', 'generate'])
  const [expiry, setExpiry] = useState<(typeof EXPIRIES)[number]>('never')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name'))
    const expiresInDays = expiry === 'never' ? undefined : Number(expiry)
    onSubmit({ name, scopes: [...chosen], expiresInDays })
  }
  const toggle = (scope: Scope, isOn: boolean) =>
    setChosen(SCOPES.filter((one) => (one === scope ? isOn : chosen.includes(one))))
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4 pb-2">
      <Field label={t('keys.name')}>
        <LimitedInput name="name" required limit={60} placeholder={t('keys.namePlaceholder')} autoFocus />
      </Field>
      <fieldset>
        <legend className="mb-1 text-13 font-medium text-text-2">{t('keys.scopes')}</legend>
        {SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => (
          <Checkbox
            key={scope}
            isChecked={chosen.includes(scope)}
            onChange={(isOn) => toggle(scope, isOn)}
            label={
              <span>
                {t(`keys.scope.${scope}`)}{' '}
                <span className="text-13 text-text-3">{t(`keys.scope.${scope}Hint`)}</span>
              </span>
            }
          />
        ))}
      </fieldset>
      <Field label={t('keys.expiry')}>
        <Select
          value={expiry}
          options={EXPIRIES.map((value) => ({ value, label: t(`keys.expiries.${value}`) }))}
          onChange={(event) => setExpiry(EXPIRIES.find((value) => value === event.target.value) ?? 'never')}
        />
      </Field>
      <Button
        type="submit"
        tone="gold"
        isBusy={isBusy}
        disabled={chosen.length === 0}
        className="mt-2 justify-self-end phone:justify-self-stretch"
      >
        {t('keys.create')}
      </Button>
    </form>
  )
}

type SecretProps = { team: string; secret: string; copyRef: React.Ref<HTMLButtonElement> }

function Secret({ team, secret, copyRef }: SecretProps) {
  const t = useTranslations('settings')
  const { data } = useQuery(styleQueries.list(team))
  const styleId = data?.items[0]?.styleId
  const command = curlFor(secret, styleId ?? SOME_STYLE)
  return (
    <div className="grid grid-cols-1 gap-4 pb-2">
      <div className="flex items-center gap-2">
        <Input
          readOnly
          value={secret}
          aria-label={t('keys.made')}
          onFocus={(event) => event.target.select()}
          className="font-mono"
        />
        <CopyButton ref={copyRef} text={secret} label={t('keys.copy')} tone="gold" />
      </div>
      <div>
        <div className="mb-2 flex items-center justify-between gap-2">
          <h3 className="text-13 font-medium text-text-2">{t('keys.try')}</h3>
          <CopyButton text={command} label={t('keys.copyCurl')} size="s" tone="ghost" />
        </div>
        <pre
          tabIndex={0}
          className="overflow-x-auto rounded-m bg-field p-3 font-mono text-12 leading-5 text-text-2 edge"
        >
          {command}
        </pre>
        {data && styleId === undefined && (
          <p className="mt-2 text-13 text-text-3">{t('keys.tryStyle', { styleId: SOME_STYLE })}</p>
        )}
      </div>
    </div>
  )
}

/** A first image through the drop-in address, for pasting into a shell. */
function curlFor(secret: string, styleId: number): string {
  const body = JSON.stringify({
    prompt: '눈 내린 마당의 감나무, 이른 아침',
    styleId,
    ratio: '1:1',
    sample: 1,
  })
  return [
    `curl -sS ${window.location.origin}/api/images/create \\`,
    `  -H 'X-Api-Key: ${secret}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${body}' -o answer.json`,
  ].join('\n')
}
