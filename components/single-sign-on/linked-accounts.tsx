'use client'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { providerName } from '@/components/account/provider-name'
import { useProblemToast } from '@/components/settings/problem'
import { Line, Section } from '@/components/settings/section'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { Tag } from '@/components/ui/tag'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import type { SignInProvider } from '@/lib/account/identity'
import { leaveFor, unlinkAccount } from '@/lib/single-sign-on/client'
import type { LinkedAccount } from '@/lib/single-sign-on/schema'
import { isolate } from '@/lib/text/isolate'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

type LinkedAccountsProps = {
  team: string
  accounts: LinkedAccount[]
  providers: SignInProvider[]
  /** How the way to a provider ended, for who has just come back from one. */
  result?: 'yes' | 'taken'
}

/** The accounts elsewhere that sign the person in, and the ones that could. Nothing when there is neither. */
export function LinkedAccounts({ team, accounts, providers, result }: LinkedAccountsProps) {
  const t = useTranslations('settings.profile.linked')
  const tAuth = useTranslations('auth')
  const tell = useProblemToast()
  const leave = useMutation({
    mutationFn: ({ id }: SignInProvider) =>
      leaveFor(id, { next: `/t/${team}/settings/profile`, purpose: 'link' }),
    onError: tell,
  })
  if (accounts.length === 0 && providers.length === 0) return null
  const chosen = leave.isPending || leave.isSuccess ? leave.variables.id : undefined
  return (
    <Section title={t('title')} lead={t('lead')} id="linked-accounts">
      {result && (
        <p role="status" className="mb-4 font-medium">
          {t(result === 'yes' ? 'done' : 'taken')}
        </p>
      )}
      {accounts.length === 0 && <p className="text-text-3">{t('none')}</p>}
      <ul>
        {accounts.map((account) => (
          <AccountLine key={account.id} account={account} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2">
        {providers.map((provider) => (
          <Button
            key={provider.id}
            isBusy={chosen === provider.id}
            onClick={() => leave.mutate(provider)}
            className="max-w-full"
          >
            <span className="truncate">
              {t('link', { provider: isolate(providerName(tAuth, provider)) })}
            </span>
          </Button>
        ))}
      </div>
    </Section>
  )
}

function AccountLine({ account }: { account: LinkedAccount }) {
  const t = useTranslations('settings.profile.linked')
  const tAuth = useTranslations('auth')
  const refresh = useRefresh()
  const relative = useRelativeTime(60_000)
  const tell = useProblemToast({ conflict: t('last') })
  const [isAsked, setAsked] = useState(false)
  const unlink = useMutation({
    mutationFn: () => unlinkAccount(account.id),
    onSuccess: refresh,
    onError: tell,
  })
  const name = providerName(tAuth, { id: account.provider, name: account.name })
  const called = isolate(account.email ? `${name} (${account.email})` : name)
  const actions = account.canUnlink ? (
    <Button
      tone="ghost"
      size="s"
      aria-label={t('unlinkNamed', { account: called })}
      onClick={() => setAsked(true)}
      className="text-danger! hover:text-danger!"
    >
      {t('unlink')}
    </Button>
  ) : (
    <Tag>{t('last')}</Tag>
  )
  return (
    <Line actions={actions}>
      {isAsked && (
        <Confirm
          title={t('unlinkTitle', { account: called })}
          lead={t('unlinkLead')}
          action={t('unlink')}
          onAct={() => unlink.mutateAsync()}
          onClose={() => setAsked(false)}
        />
      )}
      <div className="flex items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-text-2">
          <KeyRound aria-hidden className="size-4" />
        </span>
        <span className="min-w-0">
          <span className="block truncate font-medium">
            <bdi>{name}</bdi>
          </span>
          <span className="flex flex-wrap gap-x-3 text-13 text-text-3">
            {account.email && <bdi className="wrap-anywhere">{account.email}</bdi>}
            <span suppressHydrationWarning>
              {account.lastUsedAt ? t('used', { time: relative(account.lastUsedAt) }) : t('neverUsed')}
            </span>
          </span>
        </span>
      </div>
    </Line>
  )
}
