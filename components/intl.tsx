'use client'
import type { ComponentProps } from 'react'
import { IntlProvider, useLocale as useWritingLocale } from 'use-intl/react'
import { localeOf, WRITING, type Locale } from '@/lib/i18n/locales'

type IntlProps = Omit<ComponentProps<typeof IntlProvider>, 'locale'> & { locale: Locale }

/** use-intl's provider as a client component: what is missing shows as its key and is told on the console. */
export function Intl({ locale, ...props }: IntlProps) {
  return <IntlProvider locale={WRITING[locale]} {...props} />
}

/** The reader's language. (use-intl's own says how dates are written.) */
export const useLocale = (): Locale => localeOf(useWritingLocale())
