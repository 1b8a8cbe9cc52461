import { RotateCcw } from 'lucide-react'
import { use } from 'react'
import { useTranslations } from 'use-intl/react'
import { Intl } from '@/components/intl'
import { LonePage } from '@/components/shell/lone-page'
import { Button } from '@/components/ui/button'
import { isLocale, type Locale } from '@/lib/i18n/locales'
import { loadMessages } from '@/lib/i18n/messages'

/** In place of a page that broke. It stands outside of every page, so it brings its own sentences. */
export function Crash() {
  const { lang } = document.documentElement
  const locale = isLocale(lang) ? lang : 'en'
  return (
    <Intl locale={locale} messages={use(messagesIn(locale))}>
      <Words />
    </Intl>
  )
}

let loading: ReturnType<typeof loadMessages> | undefined
const messagesIn = (locale: Locale) => (loading ??= loadMessages(locale, ['common']))

function Words() {
  const t = useTranslations('common')
  return (
    <LonePage
      title={t('crash.title')}
      action={
        <Button tone="inverse" onClick={() => window.location.reload()}>
          <RotateCcw aria-hidden className="size-4" />
          {t('crash.again')}
        </Button>
      }
    >
      {t('crash.text')}
    </LonePage>
  )
}
