'use client'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { showToast } from '@/components/ui/toast'
import { useTyped } from '@/components/ui/use-typed'
import { errorKey } from '@/lib/platform/api-client'
import { updateSignInPolicy } from '@/lib/single-sign-on/client'
import { domainProblem, domainsIn } from '@/lib/single-sign-on/domains'
import type { SignInPolicy, UpdateSignInPolicyInput } from '@/lib/single-sign-on/schema'
import { isolate } from '@/lib/text/isolate'

const MOST_DOMAINS = 20

/** Whose address lets them join without an invitation. */
export function JoinPolicy({ team, policy }: { team: string; policy: SignInPolicy }) {
  const t = useTranslations('settings')
  const tCommon = useTranslations('common')
  const refresh = useRefresh()
  const known = policy.joinDomains.join(', ')
  const [text, setText] = useTyped(known)
  const [role, setRole] = useState(policy.joinRole)
  const problem = useDomainsProblem(text)
  const save = useMutation({
    mutationFn: (input: UpdateSignInPolicyInput) => updateSignInPolicy(team, input),
    onSuccess: () => {
      showToast({ title: tCommon('saved') })
      refresh()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!problem) save.mutate({ joinDomains: domainsIn(text), joinRole: role })
  }
  const hasChanged = domainsIn(text).join() !== policy.joinDomains.join() || role !== policy.joinRole
  return (
    <form onSubmit={submit} className="grid max-w-[440px] grid-cols-1 gap-5">
      <Field label={t('security.domains')} hint={t('security.domainsHint')} error={problem}>
        <TextArea
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoCapitalize="none"
          spellCheck={false}
          rows={2}
        />
      </Field>
      <Field label={t('security.role')}>
        <Select
          value={role}
          options={(['member', 'viewer'] as const).map((value) => ({ value, label: t(`roles.${value}`) }))}
          onChange={(event) => setRole(event.target.value === 'viewer' ? 'viewer' : 'member')}
          className="w-40 phone:w-full"
        />
      </Field>
      {save.error && (
        <p role="alert" className="font-medium">
          {tCommon(errorKey(save.error))}
        </p>
      )}
      <Button
        type="submit"
        tone="gold"
        isBusy={save.isPending}
        disabled={!hasChanged || problem !== undefined}
        className="justify-self-start"
      >
        {tCommon('save')}
      </Button>
    </form>
  )
}

function useDomainsProblem(text: string): string | undefined {
  const t = useTranslations('settings.security')
  const domains = domainsIn(text)
  if (domains.length > MOST_DOMAINS) return t('tooMany')
  const wrong = domains.find(domainProblem)
  if (!wrong) return undefined
  const domain = isolate(wrong)
  return domainProblem(wrong) === 'public' ? t('publicDomain', { domain }) : t('notADomain', { domain })
}
