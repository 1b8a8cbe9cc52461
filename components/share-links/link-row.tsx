'use client'
import { ExternalLink, Lock } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { usePersonName } from '@/components/people/person-name'
import { useLastViewed } from '@/components/share-links/last-viewed'
import { Button, buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { onDemand } from '@/components/ui/on-demand'
import { Tag } from '@/components/ui/tag'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/platform/api-client'
import { nameOfLink, shareUrl, useRevokeShareLink } from '@/lib/share-links/client'
import type { ShareLink } from '@/lib/share-links/schema'
import { isolate } from '@/lib/text/isolate'

const RevokeQuestion = onDemand(() =>
  import('@/components/share-links/revoke-question').then((module) => module.RevokeQuestion),
)

/** One link of the team: what it shows, how it is used, and what can be done with it. */
export function LinkRow({ team, link, onEdit }: { team: string; link: ShareLink; onEdit: () => void }) {
  const t = useTranslations('share')
  return (
    <li className="flex items-center gap-4 py-4 phone:flex-wrap">
      <Stack link={link} />
      <div className="min-w-0 flex-1 phone:basis-[calc(100%-96px)]">
        <h2 dir="auto" className="truncate text-15 font-medium">
          {nameOfLink(link) || t('links.untitled')}
        </h2>
        <Facts link={link} />
        <Tags link={link} />
      </div>
      <Actions team={team} link={link} onEdit={onEdit} />
    </li>
  )
}

/** Up to four of its images, cut square. */
function Stack({ link }: { link: ShareLink }) {
  const shown = link.thumbUrls.length > 1 ? link.thumbUrls : link.thumbUrls.slice(0, 1)
  return (
    <div
      aria-hidden
      className={`grid size-20 shrink-0 auto-rows-fr gap-px overflow-hidden rounded-s bg-skeleton ${shown.length > 1 ? 'grid-cols-2' : ''}`}
    >
      {shown.map((url) => (
        // eslint-disable-next-line @next/next/no-img-element
        <img key={url} src={url} alt="" loading="lazy" className="size-full min-h-0 object-cover" />
      ))}
    </div>
  )
}

function Facts({ link }: { link: ShareLink }) {
  const t = useTranslations('share')
  const nameOf = usePersonName()
  const viewed = useLastViewed(link.lastViewedAt)
  const views = t('links.views', { count: link.viewCount })
  const facts = [
    t(`links.kind.${link.target.kind}`),
    t('links.images', { count: link.imageCount }),
    viewed ? `${views}, ${t('links.viewed', { when: viewed })}` : views,
    t('links.by', { name: isolate(nameOf(link.maker.name)) }),
  ]
  return <p className="mt-0.5 text-13 text-text-2">{facts.join(' · ')}</p>
}

function Tags({ link }: { link: ShareLink }) {
  const t = useTranslations('share')
  return (
    <div className="mt-1.5 flex flex-wrap gap-1.5">
      <Tag>
        <End link={link} />
      </Tag>
      {link.hasPassword && (
        <Tag className="gap-1">
          <Lock aria-hidden className="size-3" />
          {t('links.password')}
        </Tag>
      )}
      {link.showPrompt && <Tag>{t('links.prompt')}</Tag>}
      {!link.allowDownload && <Tag>{t('links.noDownload')}</Tag>}
    </div>
  )
}

function End({ link }: { link: ShareLink }) {
  const t = useTranslations('share')
  const format = useFormatter()
  const day = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium' })
  if (link.revokedAt) return t('links.revoked', { date: day(link.revokedAt) })
  if (!link.expiresAt) return t('links.never')
  return t(link.state === 'expired' ? 'links.expired' : 'links.until', { date: day(link.expiresAt) })
}

function Actions({ team, link, onEdit }: { team: string; link: ShareLink; onEdit: () => void }) {
  const t = useTranslations('share')
  const c = useTranslations('common')
  const revoke = useRevokeShareLink(team)
  const [isAsked, setAsked] = useState(false)
  if (link.state !== 'open') return null
  const end = async () => {
    await revoke.mutateAsync({ id: link.id }).catch((error) => {
      showToast({ title: t('dialog.saveFailed'), text: c(errorKey(error)), isUrgent: true })
      throw error
    })
    showToast({ title: t('dialog.revoked') }) // the row is gone by then
  }
  return (
    <div className="flex flex-wrap justify-end gap-1.5 phone:basis-full phone:justify-start">
      {link.url && (
        <>
          <CopyAgain link={link} />
          <a
            href={link.url}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ tone: 'ghost', size: 's' })}
          >
            <ExternalLink aria-hidden className="size-4 phone:hidden" />
            {t('links.look')}
          </a>
        </>
      )}
      {link.canManage && (
        <>
          <Button tone="ghost" size="s" onClick={onEdit}>
            {t('links.edit')}
          </Button>
          <Button tone="ghost" size="s" className="text-danger!" onClick={() => setAsked(true)}>
            {t('links.revoke')}
          </Button>
        </>
      )}
      {isAsked && <RevokeQuestion onRevoke={end} onClose={() => setAsked(false)} />}
    </div>
  )
}

/** The address is whole only in the browser, so the button asks for it when it is pressed. */
function CopyAgain({ link }: { link: ShareLink }) {
  const t = useTranslations('share')
  const text = typeof window === 'undefined' ? '' : (shareUrl(link) ?? '')
  return <CopyButton text={text} label={t('links.copy')} size="s" />
}
