'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { showToast } from '@/components/ui/toast'
import { useTyped } from '@/components/ui/use-typed'
import { ApiError, errorKey } from '@/lib/platform/api-client'
import { updateTeam } from '@/lib/teams/client'
import type { UpdateTeamInput } from '@/lib/teams/schema'
import { isTeamSlug } from '@/lib/teams/slug'

type TeamFormProps = { team: { id: string; slug: string; name: string }; canChange: boolean }

/** The team's name and address. A new address moves this page along. */
export function TeamForm({ team, canChange }: TeamFormProps) {
  const t = useTranslations('settings')
  const tCommon = useTranslations('common')
  const router = useRouter()
  const refresh = useRefresh()
  const [name, setName] = useTyped(team.name)
  const [slug, setSlug] = useTyped(team.slug)
  const save = useMutation({
    mutationFn: (input: UpdateTeamInput) => updateTeam(team.id, input),
    onSuccess: (saved) => {
      showToast({ title: tCommon('saved') })
      if (saved.slug === team.slug) return refresh()
      router.replace(`/t/${saved.slug}/settings/team`)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ name, slug })
  }
  const isTaken = save.error instanceof ApiError && save.error.code === 'already_exists'
  const isWrong = slug !== team.slug && !isTeamSlug(slug)
  const slugProblem = isWrong ? t('team.slugWrong') : isTaken ? t('team.slugTaken') : undefined
  const hasChanged = name.trim() !== team.name || slug !== team.slug
  return (
    <form onSubmit={submit} className="mt-8 grid max-w-[440px] grid-cols-1 gap-5">
      <Field label={t('team.name')}>
        <LimitedInput value={name} onText={setName} limit={80} required readOnly={!canChange} />
      </Field>
      <Field
        label={t('team.slug')}
        hint={canChange ? t('team.slugHint') : t('team.ownerOnly')}
        error={slugProblem}
      >
        <LimitedInput
          value={slug}
          onText={setSlug}
          limit={40}
          required
          readOnly={!canChange}
          before={<span className="text-text-3">/t/</span>}
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      {save.error && !isTaken && (
        <p role="alert" className="font-medium">
          {tCommon(errorKey(save.error))}
        </p>
      )}
      {canChange && (
        <Button
          type="submit"
          tone="gold"
          isBusy={save.isPending}
          disabled={!hasChanged || isWrong}
          className="justify-self-start"
        >
          {tCommon('save')}
        </Button>
      )}
    </form>
  )
}
