'use client'
import { KeyRound, LifeBuoy, Smartphone, type LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import type { Act } from '@/components/second-factor/dialog'
import { useCanUsePasskeys } from '@/components/second-factor/use-can-use-passkeys'
import { useProblemToast } from '@/components/settings/problem'
import { Line, Section } from '@/components/settings/section'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { onDemand } from '@/components/ui/on-demand'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { noteResetSeen } from '@/lib/second-factor/client'
import type { Passkey, SecondFactor } from '@/lib/second-factor/schema'

const FactorDialog = onDemand(() =>
  import('@/components/second-factor/dialog').then((module) => module.FactorDialog),
)

type SectionProps = { secondFactor: SecondFactor; email: string }
type PartProps = { secondFactor: SecondFactor; onAct: (act: Act) => void }

/** How the person's own sign-in is secured: app, passkeys, recovery codes. */
export function SecondFactorSection({ secondFactor, email }: SectionProps) {
  const t = useTranslations('factors')
  const refresh = useRefresh()
  const [act, setAct] = useState<Act>()
  const hasOne = secondFactor.totp !== null || secondFactor.passkeys.length > 0
  return (
    <Section id="two-step" title={t('title')} lead={t('lead')}>
      {secondFactor.resetAt && <ResetNotice at={secondFactor.resetAt} />}
      <ul>
        <AppLine secondFactor={secondFactor} onAct={setAct} />
        <PasskeysLine secondFactor={secondFactor} onAct={setAct} />
        {secondFactor.passkeys.map((passkey) => (
          <PasskeyLine key={passkey.id} passkey={passkey} onAct={setAct} />
        ))}
        {hasOne && <CodesLine secondFactor={secondFactor} onAct={setAct} />}
      </ul>
      {act && (
        <FactorDialog
          act={act}
          secondFactor={secondFactor}
          email={email}
          onChange={refresh}
          onClose={() => setAct(undefined)}
        />
      )}
    </Section>
  )
}

function AppLine({ secondFactor: { totp }, onAct }: PartProps) {
  const t = useTranslations('factors.app')
  const facts = useFacts()
  const actions = totp ? (
    <>
      <Button
        size="s"
        tone="ghost"
        aria-label={t('changeNamed')}
        onClick={() => onAct({ kind: 'set-up-app' })}
      >
        {t('change')}
      </Button>
      <Button
        size="s"
        tone="ghost"
        aria-label={t('removeNamed')}
        onClick={() => onAct({ kind: 'remove-app' })}
        className="text-danger! hover:text-danger!"
      >
        {t('remove')}
      </Button>
    </>
  ) : (
    <Button size="s" aria-label={t('setUpNamed')} onClick={() => onAct({ kind: 'set-up-app' })}>
      {t('setUp')}
    </Button>
  )
  return (
    <Line actions={actions}>
      <Fact icon={Smartphone} title={t('title')}>
        {totp ? (
          <>
            <span>{t('on', { date: facts.date(totp.createdAt) })}</span>
            {totp.lastUsedAt && (
              <span suppressHydrationWarning>{t('used', { time: facts.relative(totp.lastUsedAt) })}</span>
            )}
          </>
        ) : (
          t('off')
        )}
      </Fact>
    </Line>
  )
}

function PasskeysLine({ secondFactor, onAct }: PartProps) {
  const t = useTranslations('factors.passkeys')
  const canUse = useCanUsePasskeys(secondFactor.canHavePasskeys) && secondFactor.canHavePasskeys
  const actions = canUse && (
    <Button size="s" onClick={() => onAct({ kind: 'add-passkey' })}>
      {t('add')}
    </Button>
  )
  return (
    <Line actions={actions}>
      <Fact icon={KeyRound} title={t('title')}>
        {t(secondFactor.canHavePasskeys ? 'lead' : 'cannot')}
      </Fact>
    </Line>
  )
}

function PasskeyLine({ passkey, onAct }: { passkey: Passkey; onAct: PartProps['onAct'] }) {
  const t = useTranslations('factors.passkeys')
  const facts = useFacts()
  const { name } = passkey
  const actions = (
    <>
      <Button
        size="s"
        tone="ghost"
        aria-label={t('renameNamed', { name })}
        onClick={() => onAct({ kind: 'rename', passkey })}
      >
        {t('rename')}
      </Button>
      <Button
        size="s"
        tone="ghost"
        aria-label={t('removeNamed', { name })}
        onClick={() => onAct({ kind: 'remove-passkey', passkey })}
        className="text-danger! hover:text-danger!"
      >
        {t('remove')}
      </Button>
    </>
  )
  return (
    <Line actions={actions}>
      <Fact title={<bdi>{name}</bdi>}>
        <span>{t('created', { date: facts.date(passkey.createdAt) })}</span>
        <span suppressHydrationWarning>
          {passkey.lastUsedAt ? t('used', { time: facts.relative(passkey.lastUsedAt) }) : t('never')}
        </span>
        {passkey.otherHost && <span>{t('elsewhere', { host: passkey.otherHost })}</span>}
      </Fact>
    </Line>
  )
}

function CodesLine({ secondFactor, onAct }: PartProps) {
  const t = useTranslations('factors.codes')
  const actions = (
    <Button size="s" onClick={() => onAct({ kind: 'renew-codes' })}>
      {t('renew')}
    </Button>
  )
  return (
    <Line actions={actions}>
      <Fact icon={LifeBuoy} title={t('title')}>
        {t('left', { count: secondFactor.recoveryCodesLeft })}
      </Fact>
    </Line>
  )
}

/** What it is and what is known of it; without an icon it belongs to the line above. */
function Fact({ icon: Icon, title, children }: { icon?: LucideIcon; title: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      <span
        className={
          Icon ? 'grid size-9 shrink-0 place-items-center rounded-full bg-hover text-text-2' : 'w-9 shrink-0'
        }
      >
        {Icon && <Icon aria-hidden className="size-4" />}
      </span>
      <span className="min-w-0">
        <span className="block font-medium wrap-anywhere">{title}</span>
        <span className="flex flex-wrap gap-x-3 text-13 text-text-3">{children}</span>
      </span>
    </div>
  )
}

function ResetNotice({ at }: { at: string }) {
  const t = useTranslations('factors.reset')
  const refresh = useRefresh()
  const facts = useFacts()
  const tell = useProblemToast()
  const dismiss = () => void noteResetSeen().then(refresh, (error: unknown) => tell(error))
  return (
    <Notice title={t('title')} className="mb-4" actions={<Button onClick={dismiss}>{t('seen')}</Button>}>
      {t('text', { date: facts.date(at) })}
    </Notice>
  )
}

function useFacts() {
  const format = useFormatter()
  return {
    date: (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium' }),
    relative: useRelativeTime(60_000),
  }
}
