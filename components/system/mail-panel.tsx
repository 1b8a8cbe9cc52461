'use client'
import { useMutation } from '@tanstack/react-query'
import { Mail, MailX } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Section } from '@/components/settings/section'
import { Button } from '@/components/ui/button'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import type { MailStatus, MailTrouble } from '@/lib/mail/schema'
import { sendTestMail } from '@/lib/system/client'

/** Whether the studio sends mail, a test of it, and what did not arrive. */
export function MailPanel({ team, mail }: { team: string; mail: MailStatus }) {
  const t = useTranslations('settings')
  const tell = useProblemToast()
  const test = useMutation({ mutationFn: () => sendTestMail(team), onError: tell })
  const Icon = mail.isOn ? Mail : MailX
  const outcome =
    test.data &&
    (test.data.state === 'sent'
      ? t('system.mail.sent', { to: test.data.to })
      : t('system.mail.notSent', { problem: test.data.problem ?? '' }))
  return (
    <Section title={t('system.mail.title')}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 rounded-m bg-panel p-5 edge phone:p-4">
        <Icon aria-hidden className="mt-0.5 size-5 text-text-2" />
        {mail.isOn ? (
          <div className="min-w-0 flex-1">
            <p className="text-15 font-semibold wrap-anywhere">
              {t('system.mail.from', { from: mail.from ?? '' })}
            </p>
            <p className="mt-0.5">{t('system.mail.waiting', { count: mail.waiting })}</p>
            <p className="mt-1 text-13 break-all text-text-3">
              {t('system.mail.server')}: {mail.server}
            </p>
            {outcome && (
              <p role="status" className="mt-2 text-14 font-medium wrap-anywhere">
                {outcome}
              </p>
            )}
          </div>
        ) : (
          <p className="min-w-0 flex-1 text-text-2">{t('system.mail.off')}</p>
        )}
        {mail.isOn && (
          <Button isBusy={test.isPending} onClick={() => test.mutate()}>
            {t('system.mail.test')}
          </Button>
        )}
      </div>
      {mail.troubles.length > 0 && <Troubles troubles={mail.troubles} />}
    </Section>
  )
}

function Troubles({ troubles }: { troubles: MailTrouble[] }) {
  const t = useTranslations('settings')
  const relative = useRelativeTime(60_000)
  return (
    <>
      <h3 className="mt-5 mb-2 text-14 font-medium text-text-2">{t('system.mail.troubles')}</h3>
      <ul>
        {troubles.map(({ id, to, state, problem, at }) => (
          <li key={id} className="border-t border-line py-2.5 wrap-anywhere">
            <span className="font-medium">{to}</span>
            <span className="text-13 text-text-3" suppressHydrationWarning>
              {' · '}
              {t(state === 'failed' ? 'system.mail.failed' : 'system.mail.retrying')}
              {' · '}
              {relative(at)}
            </span>
            <span className="block text-13 text-text-2">{problem}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
