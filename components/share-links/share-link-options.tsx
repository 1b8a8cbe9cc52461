'use client'
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { ShareLinkPassword } from '@/components/share-links/share-link-password'
import { LimitedInput } from '@/components/ui/limited-input'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { showToast } from '@/components/ui/toast'
import { useTyped } from '@/components/ui/use-typed'
import { errorKey } from '@/lib/platform/api-client'
import { DAY_MS } from '@/lib/platform/durations'
import { useUpdateShareLink } from '@/lib/share-links/client'
import type { ShareLink, UpdateShareLinkInput } from '@/lib/share-links/schema'

const DAYS = [1, 7, 30, 90]

/** What a link shows, to whom and how long. Every change is saved as it is made. */
export function ShareLinkOptions({ team, link }: { team: string; link: ShareLink }) {
  const t = useTranslations('share')
  const c = useTranslations('common')
  const { change: send, shown } = useUpdateShareLink(team, link)
  const [error, setError] = useState<unknown>(null)
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => void (isOpen.current = false)
  }, [])
  const change = (fields: UpdateShareLinkInput) => {
    setError(null)
    return send(fields).catch((reason) => {
      if (isOpen.current) setError(reason)
      else showToast({ title: t('dialog.saveFailed'), text: c(errorKey(reason)) })
    })
  }
  return (
    <div className="divide-y divide-line">
      <TitleRow title={shown.title} onSave={(title) => change({ title })} />
      <ExpiryRow link={shown} onChange={(expiresInDays) => change({ expiresInDays })} />
      <ShareLinkPassword hasPassword={shown.hasPassword} onSave={(password) => change({ password })} />
      <Row>
        <Switch
          label={t('dialog.download')}
          hint={t(shown.allowDownload ? 'dialog.downloadOn' : 'dialog.downloadOff')}
          isOn={shown.allowDownload}
          onChange={(allowDownload) => change({ allowDownload })}
        />
      </Row>
      <Row>
        <Switch
          label={t('dialog.prompt')}
          hint={t(shown.showPrompt ? 'dialog.promptOn' : 'dialog.promptOff')}
          isOn={shown.showPrompt}
          onChange={(showPrompt) => change({ showPrompt })}
        />
      </Row>
      {error !== null && (
        <Notice kind="unknown" className="mb-2" title={t('dialog.saveFailed')}>
          {c(errorKey(error))}
        </Notice>
      )}
    </div>
  )
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="min-h-14 py-2.5">{children}</div>
}

/** Saved by Enter, by leaving the field, and when the dialog closes: Escape and Back take the field away without a blur. */
function TitleRow({ title, onSave }: { title: string; onSave: (title: string) => Promise<unknown> }) {
  const t = useTranslations('share')
  const [typed, setTyped] = useTyped(title)
  const sending = useRef<string | null>(null) // known at once; the title comes with the next render
  const save = () => {
    const wanted = typed.trim()
    if (wanted === title || wanted === sending.current) return
    sending.current = wanted
    void onSave(wanted).finally(() => (sending.current = null))
  }
  const leave = useEffectEvent(save)
  useEffect(() => () => leave(), [])
  const saveOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) save()
  }
  return (
    <Row>
      <label className="grid gap-1.5">
        <span className="font-medium">{t('dialog.name')}</span>
        <LimitedInput
          value={typed}
          limit={120}
          placeholder={t('dialog.namePlaceholder')}
          onText={setTyped}
          onBlur={save}
          onKeyDown={saveOnEnter}
        />
        <span className="text-13 text-text-3">{t('dialog.nameHint')}</span>
      </label>
    </Row>
  )
}

function ExpiryRow({ link, onChange }: { link: ShareLink; onChange: (days: number | null) => void }) {
  const t = useTranslations('share')
  const format = useFormatter()
  const [openedAt] = useState(() => Date.now())
  const left = link.expiresAt && Math.max(1, Math.round((Date.parse(link.expiresAt) - openedAt) / DAY_MS))
  const days = left && !DAYS.includes(left) ? [...DAYS, left].toSorted((a, b) => a - b) : DAYS
  const options = [
    ...days.map((count) => ({ value: String(count), label: t('dialog.inDays', { days: count }) })),
    { value: 'never', label: t('dialog.never') },
  ]
  return (
    <Row>
      <label className="flex items-center justify-between gap-4">
        <span className="grid gap-0.5">
          <span className="font-medium">{t('dialog.expires')}</span>
          <span className="text-13 text-text-3">
            {link.expiresAt
              ? format.dateTime(new Date(link.expiresAt), { dateStyle: 'medium' })
              : t('dialog.endsNever')}
          </span>
        </span>
        <Select
          options={options}
          value={left ? String(left) : 'never'}
          onChange={(event) => onChange(event.target.value === 'never' ? null : Number(event.target.value))}
          className="shrink-0"
        />
      </label>
    </Row>
  )
}
