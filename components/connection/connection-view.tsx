'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { KeyPlace } from '@/components/connection/key-place'
import { useProblemToast } from '@/components/settings/problem'
import { PageHead, Section } from '@/components/settings/section'
import { showToast } from '@/components/ui/toast'
import { useOptimisticChoice } from '@/components/ui/use-optimistic-choice'
import { chooseConnection, connectionQueries } from '@/lib/connection/client'
import type { TeamConnection } from '@/lib/connection/schema'
import { isolate } from '@/lib/text/isolate'
import { isExplainedCode } from '@/lib/upstream/error-codes'

type Manage = NonNullable<TeamConnection['manage']>
const CHOICES = ['server', 'own', 'sandbox'] as const

/** What the team generates with; its owners choose it and look after the keys. */
export function ConnectionView({ team, initial }: { team: string; initial: TeamConnection }) {
  const t = useTranslations('settings.connection')
  const { data } = useQuery({ ...connectionQueries.current(team), initialData: initial })
  const { manage } = data
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Now connection={data} />
      {manage && (
        <>
          <Choice team={team} choice={data.choice} manage={manage} />
          {manage.server && (
            <Section title={t('serverKey')} lead={t('serverKeyLead', { teams: manage.server.teams })}>
              {manage.isSetOutside && <p className="mb-5 max-w-[62ch] leading-[22px]">{t('outside')}</p>}
              <KeyPlace
                team={team}
                scope="server"
                stored={manage.server.key}
                canSave={!manage.isSetOutside}
              />
            </Section>
          )}
          <Section title={t('ownKey')} lead={t('ownKeyLead')}>
            <KeyPlace team={team} scope="own" stored={manage.own} canSave />
          </Section>
        </>
      )}
    </>
  )
}

function Now({ connection: { source, keyProblem, manage, owners } }: { connection: TeamConnection }) {
  const t = useTranslations('settings.connection')
  const format = useFormatter()
  const Icon = keyProblem ? TriangleAlert : Check
  return (
    <div className="mt-8 flex max-w-[784px] items-start gap-4 rounded-m bg-panel p-5 edge phone:p-4">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-text-2" />
      <div className="min-w-0">
        <p className="text-15 font-semibold">{t(`now.${source}`)}</p>
        <div role="status" className="mt-0.5 max-w-[62ch] leading-[22px] text-text-2">
          {keyProblem ? <Problem code={keyProblem} /> : t('works')}
        </div>
        {!manage && (
          <p className="mt-2 max-w-[62ch]">{t('ask', { owners: format.list(owners.map(isolate)) })}</p>
        )}
      </div>
    </div>
  )
}

/** What is wrong with the key and what helps, as a generation that fails for it says it. */
function Problem({ code }: { code: string }) {
  const t = useTranslations('refusals')
  const known = isExplainedCode(code) ? code : 'unlisted'
  return (
    <>
      {t(`${known}.cause`, { parameter: 'none' })} {t(`${known}.next`, { parameter: 'none' })}
    </>
  )
}

type ChoiceProps = { team: string; choice: TeamConnection['choice']; manage: Manage }

function Choice({ team, choice, manage }: ChoiceProps) {
  const t = useTranslations('settings.connection')
  const client = useQueryClient()
  const tell = useProblemToast()
  const name = useId()
  const choose = useMutation({
    scope: { id: `connection of ${team}` }, // one after the other: the last press counts
    mutationFn: (next: TeamConnection['choice']) => chooseConnection(team, { choice: next }),
    onSuccess: (connection) => {
      client.setQueryData(connectionQueries.current(team).queryKey, connection)
      showToast({ title: t('chosen') })
    },
    onError: tell,
  })
  const [shown, press] = useOptimisticChoice(choice, choose.mutateAsync)
  const hints = useHints(manage)
  return (
    <Section title={t('choose')} lead={t('chooseLead')}>
      <div role="radiogroup" aria-label={t('choose')} className="grid max-w-[784px] gap-2">
        {CHOICES.map((one) => (
          <label
            key={one}
            className="flex min-h-11 cursor-pointer items-start gap-3 rounded-m bg-panel px-4 py-3 edge has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:cursor-not-allowed"
          >
            <input
              type="radio"
              name={name}
              value={one}
              checked={one === shown}
              disabled={one === 'own' && !manage.own}
              onChange={() => press(one)}
              className="mt-1 size-4 shrink-0 accent-text"
            />
            <span className="min-w-0">
              <span className="block font-medium">{t(`choice.${one}`)}</span>
              <span className="block text-13 text-text-2">{hints[one]}</span>
            </span>
          </label>
        ))}
      </div>
    </Section>
  )
}

function useHints({ own, serverKind }: Manage) {
  const t = useTranslations('settings.connection.choiceHint')
  return {
    server: t(serverKind === 'flamel' ? 'serverFlamel' : 'serverSandbox'),
    own: own ? t('own', { lastFour: own.lastFour }) : t('noOwn'),
    sandbox: t('sandbox'),
  }
}
