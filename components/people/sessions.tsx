'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Monitor, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Line, Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { Tag } from '@/components/ui/tag'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { endOtherSessions, endSession, personQueries } from '@/lib/people/client'
import { deviceOf } from '@/lib/account/user-agent'
import type { OpenSession, OpenSessionList } from '@/lib/people/schema'

const Confirm = onDemand(() => import('@/components/ui/confirm').then((module) => module.Confirm))

/** Where the person is signed in; everything but this browser can be ended. */
export function Sessions({ team, initial }: { team: string; initial: OpenSessionList }) {
  const t = useTranslations('settings')
  const { data } = useQuery({ ...personQueries.sessions(team), initialData: initial })
  const [isAsked, setAsked] = useState(false)
  const tell = useProblemToast()
  const endOthers = useMutation({
    meta: { invalidates: [personQueries.sessions(team).queryKey] },
    mutationFn: endOtherSessions,
    onError: tell,
  })
  const others = data.items.filter(({ isThisOne }) => !isThisOne)
  const actions = others.length > 1 && (
    <Button size="s" onClick={() => setAsked(true)}>
      {t('profile.endOthers')}
    </Button>
  )
  return (
    <Section title={t('profile.sessions')} lead={t('profile.sessionsLead')} actions={actions}>
      <ul>
        {data.items.map((session) => (
          <SessionLine key={session.id} team={team} session={session} />
        ))}
      </ul>
      {isAsked && (
        <Confirm
          title={t('profile.endOthersTitle')}
          lead={t('profile.endLead')}
          action={t('profile.endOthers')}
          onAct={() => endOthers.mutateAsync()}
          onClose={() => setAsked(false)}
        />
      )}
    </Section>
  )
}

function SessionLine({ team, session }: { team: string; session: OpenSession }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const relative = useRelativeTime(60_000)
  const [isAsked, setAsked] = useState(false)
  const tell = useProblemToast()
  const end = useMutation({
    meta: { invalidates: [personQueries.sessions(team).queryKey] },
    mutationFn: () => endSession(session.id),
    onError: tell,
  })
  const known = deviceOf(session.userAgent)
  const device = known ? t('profile.device', known) : t('profile.unknownDevice')
  const Icon = /iPhone|Android/.test(known?.system ?? '') ? Smartphone : Monitor
  const actions = !session.isThisOne && (
    <Button
      tone="ghost"
      size="s"
      aria-label={t('profile.endNamed', { device })}
      onClick={() => setAsked(true)}
      className="text-danger! hover:text-danger!"
    >
      {t('profile.end')}
    </Button>
  )
  return (
    <Line actions={actions}>
      {isAsked && (
        <Confirm
          title={t('profile.endTitle', { device })}
          lead={t('profile.endLead')}
          action={t('profile.end')}
          onAct={() => end.mutateAsync()}
          onClose={() => setAsked(false)}
        />
      )}
      <div className="flex items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-text-2">
          <Icon aria-hidden className="size-4" />
        </span>
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-2 font-medium">
            {device}
            {session.isThisOne && <Tag>{t('profile.thisOne')}</Tag>}
          </span>
          <span className="flex flex-wrap gap-x-3 text-13 text-text-3">
            <span suppressHydrationWarning>{t('profile.seen', { time: relative(session.lastSeenAt) })}</span>
            <span>
              {t('profile.since', {
                time: format.dateTime(new Date(session.createdAt), { dateStyle: 'medium' }),
              })}
            </span>
          </span>
        </span>
      </div>
    </Line>
  )
}
