'use client'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl/react'
import { Notice } from '@/components/ui/notice'
import { isFromOurPage, type OwnAddress } from '@/lib/access/origin'

/** Says so where the page was opened at an address from which the studio takes nothing, and what to set. */
export function WrongAddress({
  host,
  studioUrl,
  isNameless = false,
}: OwnAddress & {
  /** The set-up takes a name of the studio from STUDIO_URL alone. */
  isNameless?: boolean
}) {
  const t = useTranslations('auth.address')
  const here = useSyncExternalStore(
    () => () => undefined,
    () => location.origin,
    () => null, // only the browser knows what it opened
  )
  if (here === null) return null
  if (!isNameless && isFromOurPage({ origin: here, fetchSite: null, host, studioUrl })) return null
  return (
    <Notice kind="refused" title={t('title')} className="mb-6">
      {studioUrl ? (
        <>
          <p>{t('other', { here, studioUrl })}</p>
          <p className="mt-2">
            <a href={studioUrl} className="font-medium underline underline-offset-3">
              {t('open', { studioUrl })}
            </a>
          </p>
        </>
      ) : (
        <p>{isNameless ? t('nameless', { here }) : t('proxy', { here, host: host ?? '' })}</p>
      )}
      <code className="mt-3 block rounded-s bg-field px-2 py-1 text-12 break-all">STUDIO_URL={here}</code>
    </Notice>
  )
}
