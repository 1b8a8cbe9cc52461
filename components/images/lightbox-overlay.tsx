'use client'
import { Dialog } from '@base-ui/react/dialog'
import { use } from 'react'
import { useTimeZone } from 'use-intl/react'
import { Lightbox } from '@/components/images/lightbox'
import type { Viewer } from '@/components/images/viewer'
import { Intl, useLocale } from '@/components/intl'
import type { Locale } from '@/lib/i18n/locales'
import { loadMessages, type Messages } from '@/lib/i18n/messages'

const loaded = new Map<Locale, Promise<Partial<Messages>>>()

/** The sentences come with the code: pages that show no image do not carry them. */
function messagesIn(locale: Locale): Promise<Partial<Messages>> {
  const known = loaded.get(locale) ?? loadMessages(locale, ['common', 'actions', 'image', 'share', 'gallery'])
  loaded.set(locale, known)
  return known
}

/** The image as a dialog over the page; closing it goes back to where it was opened. */
export function LightboxOverlay({ team, viewer, id }: { team: string; viewer: Viewer; id: string }) {
  const locale = useLocale()
  const messages = use(messagesIn(locale))
  const close = () => window.history.back()
  return (
    <Intl locale={locale} messages={messages} timeZone={useTimeZone()}>
      <Dialog.Root open onOpenChange={(isOpen) => !isOpen && close()}>
        <Dialog.Portal>
          <Dialog.Popup className="fixed inset-0 z-50 animate-fade outline-none">
            <Lightbox team={team} viewer={viewer} id={id} onClose={close} Title={Dialog.Title} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </Intl>
  )
}
