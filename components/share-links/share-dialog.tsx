'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { RevokeQuestion } from '@/components/share-links/revoke-question'
import { ShareLinkPanel } from '@/components/share-links/share-link-panel'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/platform/api-client'
import { nameOfLink, shareLinkQueries, useRevokeShareLink } from '@/lib/share-links/client'
import type { ShareLink, ShareLinkTarget } from '@/lib/share-links/schema'

type ShareDialogProps = {
  /** The team's slug. */
  team: string
  target: ShareLinkTarget
  /** What a new link is called. */
  name?: string
  /** How many of what was chosen no link shows, because Flamel blurred them. */
  leftOut?: number
  isOpen: boolean
  onClose: () => void
}

/**
 * Shares an image, the images of one request, or a group. Opening it makes the link (or finds the person's open one)
 * and copies it; everything else is optional. Needs the `share` sentences. Load it on demand.
 */
export function ShareDialog({ team, target, name, leftOut, isOpen, onClose }: ShareDialogProps) {
  const t = useTranslations('share')
  const title = {
    image: 'titleImage',
    generation: 'titleGeneration',
    group: 'titleGroup',
    selection: 'titleSelection',
  } as const
  const made = useQuery({ ...shareLinkQueries.ofTarget(team, target, name), enabled: isOpen })
  return (
    <Dialog title={t(`dialog.${title[target.kind]}`)} isOpen={isOpen} onClose={onClose} width="m">
      {made.data ? (
        <LinkBody
          key={made.data.id}
          team={team}
          link={made.data}
          leftOut={leftOut}
          isNew={made.data.isNew}
          onClose={onClose}
          onRenew={() => void made.refetch()}
        />
      ) : (
        <Waiting error={made.error} onRetry={() => void made.refetch()} />
      )}
    </Dialog>
  )
}

/** The same panel for a link that exists already: the list of links changes them here. */
export function EditShareDialog({
  team,
  link,
  onClose,
}: {
  team: string
  link: ShareLink
  onClose: () => void
}) {
  const t = useTranslations('share')
  return (
    <Dialog title={<bdi>{nameOfLink(link) || t('links.untitled')}</bdi>} isOpen onClose={onClose} width="m">
      <LinkBody team={team} link={link} onClose={onClose} isKnown />
    </Dialog>
  )
}

type LinkBodyProps = {
  team: string
  link: ShareLink
  leftOut?: number
  onClose: () => void
  /** It was made by opening this: that can be taken back at once. */
  isNew?: boolean
  /** It was there before: nothing is copied until asked. */
  isKnown?: boolean
  onRenew?: () => void
}

function LinkBody({ team, link, leftOut, isNew, onClose, isKnown = false, onRenew }: LinkBodyProps) {
  const t = useTranslations('share')
  const c = useTranslations('common')
  const [revoked, setRevoked] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const [wasMadeNow] = useState(isNew)
  const revoke = useRevokeShareLink(team)
  if (revoked || link.state === 'revoked') {
    return (
      <div className="pb-3">
        <Notice
          title={t('dialog.revoked')}
          actions={
            <>
              {onRenew && <Button onClick={onRenew}>{t('dialog.renew')}</Button>}
              <Button tone="ghost" onClick={onClose}>
                {t('dialog.done')}
              </Button>
            </>
          }
        />
      </div>
    )
  }
  const end = () => revoke.mutateAsync({ id: link.id }).then(() => setRevoked(true))
  const takeBack = () =>
    void revoke.mutateAsync({ id: link.id }).then(
      () => {
        onClose()
        showToast({ title: t('dialog.revoked') })
      },
      () => undefined, // said below
    )
  return (
    <>
      <ShareLinkPanel
        team={team}
        link={link}
        leftOut={leftOut}
        copiesAtOnce={!isKnown}
        onUndo={wasMadeNow ? takeBack : undefined}
      />
      {revoke.error && (
        <Notice kind="unknown" className="mt-4" title={t('dialog.saveFailed')}>
          {c(errorKey(revoke.error))}
        </Notice>
      )}
      <div className="sticky -bottom-3 -mx-6 mt-3 -mb-3 flex items-center justify-between rounded-b-l border-t border-line bg-overlay px-6 py-4 phone:-mx-5 phone:rounded-none phone:px-5">
        {link.canManage ? (
          <Button tone="ghost" className="-ml-3.5 text-danger!" onClick={() => setAsked(true)}>
            {t('dialog.revoke')}
          </Button>
        ) : (
          <span />
        )}
        <Button onClick={onClose}>{t('dialog.done')}</Button>
      </div>
      {isAsked && <RevokeQuestion onRevoke={end} onClose={() => setAsked(false)} />}
    </>
  )
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const t = useTranslations('share')
  const c = useTranslations('common')
  if (error) {
    return (
      <div className="pb-3">
        <Notice
          kind="refused"
          title={t('dialog.failed')}
          actions={<Button onClick={onRetry}>{c('retry')}</Button>}
        >
          {c(errorKey(error))}
        </Notice>
      </div>
    )
  }
  return (
    <div role="status" aria-label={t('dialog.making')} className="grid gap-4 pb-6">
      <Skeleton className="h-11 rounded-m" />
      <div className="flex gap-5">
        <Skeleton className="size-26" />
        <Skeleton className="h-16 flex-1" />
      </div>
      <Skeleton className="h-56" />
    </div>
  )
}
