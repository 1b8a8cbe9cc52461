'use client'
import { Download, Link2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { renderSVG } from 'uqr'
import { useTranslations } from 'use-intl/react'
import { useLastViewed } from '@/components/share-links/last-viewed'
import { ShareLinkOptions } from '@/components/share-links/share-link-options'
import { Button, buttonClass } from '@/components/ui/button'
import { CopyButton, copyText } from '@/components/ui/copy-button'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { shareUrl } from '@/lib/share-links/client'
import type { ShareLink } from '@/lib/share-links/schema'

/** One link: the address first, then who can see what, then the options; each takes effect at once. */
export function ShareLinkPanel({
  team,
  link,
  leftOut = 0,
  copiesAtOnce,
  onUndo,
}: {
  team: string
  link: ShareLink
  leftOut?: number
  copiesAtOnce: boolean
  /** For a link that was made just now: nobody has it yet. */
  onUndo?: () => void
}) {
  const t = useTranslations('share')
  const url = shareUrl(link)
  if (!url) return <Notice kind="unknown" title={t('dialog.secretChanged')} />
  return (
    <div>
      <LinkRow url={url} copiesAtOnce={copiesAtOnce} onUndo={onUndo} />
      <div className="flex items-center gap-5 py-4.5">
        <QrCode url={url} />
        <div className="min-w-0">
          <p className="font-medium">
            {t(link.hasPassword ? 'dialog.anyoneWithPassword' : 'dialog.anyone', {
              count: link.imageCount,
            })}
          </p>
          {leftOut > 0 && (
            <p className="mt-1 text-13 text-text-2">{t('dialog.leftOut', { count: leftOut })}</p>
          )}
          <p className="mt-1 text-13 text-text-3">
            <Views link={link} />
            {link.target.kind === 'group' && ` ${t('dialog.groupGrows')}`}
          </p>
          <a
            href={qrSource(url)}
            download="share-link.svg"
            className={`${buttonClass({ tone: 'ghost', size: 's' })} mt-2 -ml-2.5`}
          >
            <Download aria-hidden className="size-4" />
            {t('dialog.saveQr')}
          </a>
        </div>
      </div>
      {link.canManage && <ShareLinkOptions team={team} link={link} />}
    </div>
  )
}

type LinkRowProps = { url: string; copiesAtOnce: boolean; onUndo?: () => void }

function LinkRow({ url, copiesAtOnce, onUndo }: LinkRowProps) {
  const t = useTranslations('share')
  const c = useTranslations('common')
  const copy = useRef<HTMLButtonElement>(null)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    copy.current?.focus()
    if (!copiesAtOnce) return
    void tryCopy(url).then((isDone) => {
      setCopied(isDone)
      copy.current?.focus() // the old way of copying takes the focus along
    })
  }, [copiesAtOnce, url])
  return (
    <div>
      <div className="flex gap-2 phone:flex-col">
        <Input
          large
          readOnly
          aria-label={t('dialog.link')}
          value={url}
          onFocus={(event) => event.target.select()}
          before={<Link2 aria-hidden className="size-4 shrink-0 text-text-3" />}
          className="min-w-0"
        />
        <CopyButton ref={copy} text={url} label={t('dialog.copy')} tone="gold" size="l" />
      </div>
      <div className="mt-1.5 flex min-h-7 items-center gap-1 text-13 text-text-2">
        <p role="status">
          {onUndo
            ? t(isCopied ? 'dialog.createdAndCopied' : 'dialog.created')
            : isCopied && t('dialog.copiedAtOnce')}
        </p>
        {onUndo && (
          <Button tone="ghost" size="s" onClick={onUndo}>
            {c('undo')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Views({ link }: { link: ShareLink }) {
  const t = useTranslations('share')
  const when = useLastViewed(link.lastViewedAt)
  return when ? t('dialog.opened', { count: link.viewCount, when }) : t('dialog.notOpened')
}

function QrCode({ url }: { url: string }) {
  const t = useTranslations('share')
  return (
    // eslint-disable-next-line @next/next/no-img-element
    <img src={qrSource(url)} alt={t('dialog.qrAlt')} className="size-26 shrink-0 rounded-s" />
  )
}

/** Black on white in both themes: cameras read nothing else reliably. */
const qrSource = (url: string) => `data:image/svg+xml,${encodeURIComponent(renderSVG(url, { border: 2 }))}`

/** A browser may refuse to copy what nobody clicked at this very moment; the focused button is then one key away. */
async function tryCopy(url: string): Promise<boolean> {
  if (!navigator.clipboard) return false
  return copyText(url)
}
