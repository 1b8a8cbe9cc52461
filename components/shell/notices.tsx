'use client'
import { FlaskConical, KeyRound, WifiOff } from 'lucide-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl/react'
import { Banner } from '@/components/ui/banner'
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

/** Facts about the whole studio: no network, a key that does not work, the sandbox. */
export function StudioNotices({
  team,
  isSandbox,
  mayReplaceKey,
}: {
  team: string
  isSandbox: boolean
  mayReplaceKey: boolean
}) {
  const t = useTranslations('shell')
  const isOnline = useIsOnline()
  const { data } = useQuery(creditQueries.current(team))
  return (
    <>
      {!isOnline && (
        <Banner icon={WifiOff} role="status">
          <b>{t('notices.offline')}</b> {t('notices.offlineText')}
        </Banner>
      )}
      {data?.keyProblem && (
        <Banner icon={KeyRound} role="alert">
          <b>{t('notices.key')}</b>{' '}
          {mayReplaceKey ? (
            <Link href={`/t/${team}/settings/system`}>{t('notices.keyFix')}</Link>
          ) : (
            t('notices.keyAsk')
          )}
        </Banner>
      )}
      {isSandbox && (
        <Banner icon={FlaskConical}>
          <b>{t('notices.sandbox')}</b> {t('notices.sandboxText')}
        </Banner>
      )}
    </>
  )
}
