'use client'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { useRefresh } from '@/components/shell/refresh'
import { rememberChoice } from '@/lib/account/client'
import { LOCALE_COOKIE, LOCALE_NAMES, LOCALES, type Locale } from '@/lib/i18n/locales'

/** Each language in its own words, for people who cannot read the other. */
export function LanguageSwitch() {
  const t = useTranslations('auth')
  const refresh = useRefresh()
  const current = useLocale()
  const choose = (locale: Locale) => {
    rememberChoice(LOCALE_COOKIE, locale)
    refresh()
  }
  return (
    <div role="group" aria-label={t('language')} className="-mx-2 flex">
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
          className="touch rounded-s px-2 py-1 text-13 text-text-3 hover:text-text aria-pressed:font-medium aria-pressed:text-text-2"
        >
          {LOCALE_NAMES[locale]}
        </button>
      ))}
    </div>
  )
}
