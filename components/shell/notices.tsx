'use client'
import { useQuery } from '@tanstack/react-query'
import { FlaskConical, KeyRound, RefreshCw, WifiOff } from 'lucide-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { useHasNewVersion } from '@/components/shell/new-version'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { creditQueries } from '@/lib/credits/client'

function watchConnection(notify: () => void): () => void {
  window.addEventListener('online', notify)
  window.addEventListener('offline', notify)
  return () => {
    window.removeEventListener('online', notify)
    window.removeEventListener('offline', notify)
  }
}

/** Whether the browser has a network at all. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(
    watchConnection,
    () => navigator.onLine,
    () => true,
  )
}

/** What is not said as of a key that was rejected. */
const PROBLEMS: Record<string, 'billing' | 'unreadable'> = {
  failed_billing: 'billing',
  key_unreadable: 'unreadable',
}

/** The one fact about the whole studio that matters most now: no network, a newer version, a key that does not work, the sandbox. */
export function StudioNotices({
  team,
  isSandbox,
  canReplaceKey,
}: {
  team: string
  isSandbox: boolean
  canReplaceKey: boolean
}) {
  const t = useTranslations('shell.notices')
  const isOnline = useIsOnline()
  const hasNewVersion = useHasNewVersion()
  const { data } = useQuery(creditQueries.current(team))
  if (!isOnline) {
    return (
      <Banner icon={WifiOff}>
        <b>{t('offline')}</b> {t('offlineText')} <Aside>{t('offlineMore')}</Aside>
      </Banner>
    )
  }
  if (hasNewVersion) {
    const reload = (
      <Button size="s" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    )
    return (
      <Banner icon={RefreshCw} action={reload}>
        <b>{t('newVersion')}</b> <Aside>{t('newVersionText')}</Aside>
      </Banner>
    )
  }
  if (data?.keyProblem) {
    return (
      <Banner icon={KeyRound} role="alert">
        <b>{t(PROBLEMS[data.keyProblem] ?? 'key')}</b>{' '}
        <Link href={`/t/${team}/settings/connection`}>{t(canReplaceKey ? 'keyFix' : 'keyAsk')}</Link>
      </Banner>
    )
  }
  if (data ? data.upstream !== 'sandbox' : !isSandbox) return null
  return (
    <Banner icon={FlaskConical}>
      <b>{t('sandbox')}</b> {t('sandboxText')}{' '}
      {canReplaceKey && (
        <Aside>
          <Link href={`/t/${team}/settings/connection`}>{t('sandboxMore')}</Link>
        </Aside>
      )}
    </Banner>
  )
}

/** The second sentence, which a phone has no room for. */
const Aside = ({ children }: { children: ReactNode }) => <span className="phone:hidden">{children}</span>
