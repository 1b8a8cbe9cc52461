'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Line, PageHead } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { onDemand } from '@/components/ui/on-demand'
import { Tag } from '@/components/ui/tag'
import { showToast } from '@/components/ui/toast'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import type { Scope } from '@/lib/access/roles'
import { apiKeyQueries, revokeApiKey } from '@/lib/api-keys/client'
import type { ApiKey, ApiKeyList } from '@/lib/api-keys/schema'
import { isolate } from '@/lib/text/isolate'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))
const NewKey = onDemand(() => import('@/components/api-keys/new-key').then((module) => module.NewKey))

type KeysProps = { team: string; scopes: readonly Scope[]; initial: ApiKeyList }

/** The team's keys with their scopes and last use; `scopes` are those that the reader may give. */
export function Keys({ team, scopes, initial }: KeysProps) {
  const t = useTranslations('settings')
  const { data } = useQuery({ ...apiKeyQueries.list(team), initialData: initial })
  const [isMaking, setMaking] = useState(useSearchParams().get('new') === 'true')
  const [doomed, setDoomed] = useState<ApiKey>()
  const tell = useProblemToast()
  const revoke = useMutation({
    meta: { invalidates: [apiKeyQueries.all(team)] },
    mutationFn: ({ id }: ApiKey) => revokeApiKey(team, id),
    onSuccess: (_, { name }) => showToast({ title: t('keys.revoked', { name: isolate(name) }) }),
    onError: tell,
  })
  const make = (
    <Button tone="gold" onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      {t('keys.new')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('keys.title')} lead={t('keys.lead')} actions={data.items.length > 0 && make} />
      {data.items.length === 0 && (
        <EmptyState title={t('keys.empty')} actions={make}>
          {t('keys.emptyText')}
        </EmptyState>
      )}
      <ul className="mt-8">
        {data.items.map((key) => (
          <KeyLine key={key.id} apiKey={key} onRevoke={() => setDoomed(key)} />
        ))}
      </ul>
      {isMaking && <NewKey team={team} scopes={scopes} onClose={() => setMaking(false)} />}
      {doomed && (
        <Confirm
          title={t('keys.revokeTitle', { name: isolate(doomed.name) })}
          lead={t('keys.revokeLead')}
          action={t('keys.revoke')}
          onAct={() => revoke.mutateAsync(doomed)}
          onClose={() => setDoomed(undefined)}
        />
      )}
    </>
  )
}

function KeyLine({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const t = useTranslations('settings')
  const actions = (
    <Button
      tone="ghost"
      size="s"
      aria-label={t('keys.revokeNamed', { name: apiKey.name })}
      onClick={onRevoke}
      className="text-danger! hover:text-danger!"
    >
      {t('keys.revoke')}
    </Button>
  )
  return (
    <Line actions={actions}>
      <div className="flex items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-text-2">
          <KeyRound aria-hidden className="size-4" />
        </span>
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            <bdi>{apiKey.name}</bdi>
            {apiKey.scopes.map((scope) => (
              <Tag key={scope}>{t(`keys.scope.${scope}`)}</Tag>
            ))}
            {apiKey.isExpired && <Tag>{t('keys.expired')}</Tag>}
            {apiKey.isAsleep && <Tag>{t('keys.asleep')}</Tag>}
          </span>
          <KeyFacts apiKey={apiKey} />
        </span>
      </div>
    </Line>
  )
}

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const relative = useRelativeTime(60_000)
  const { lastUsedAt, expiresAt, creator, prefix, isExpired } = apiKey
  const used = lastUsedAt ? t('keys.lastUsed', { time: relative(lastUsedAt) }) : t('keys.neverUsed')
  const ends =
    expiresAt && !isExpired
      ? t('keys.expires', { time: format.dateTime(new Date(expiresAt), { dateStyle: 'medium' }) })
      : null
  return (
    <span className="flex flex-wrap gap-x-3 text-13 text-text-3" suppressHydrationWarning>
      <code className="text-text-2">{prefix}…</code>
      <span>{t('keys.by', { name: isolate(creator.name) })}</span>
      <span suppressHydrationWarning>{used}</span>
      {ends && <span>{ends}</span>}
    </span>
  )
}
