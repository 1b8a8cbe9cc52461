import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { createFormatter, createTranslator } from 'use-intl/core'
import {
  isLocale,
  isTheme,
  LOCALE_COOKIE,
  localeFrom,
  THEME_COOKIE,
  WRITING,
  type Locale,
  type Theme,
} from '@/lib/i18n/locales'
import { loadMessages, type Messages, type Namespace } from '@/lib/i18n/messages'
import { env } from '@/lib/platform/env'

/** The reader's language: their choice (a cookie, set from the profile at sign-in), else what the browser asks for. */
export const getLocale = cache(async (): Promise<Locale> => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value
  return isLocale(chosen) ? chosen : localeFrom((await headers()).get('accept-language'))
})

/** The reader's theme, known before the first byte of HTML: nothing flashes. */
export const getTheme = cache(async (): Promise<Theme> => {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value
  return isTheme(chosen) ? chosen : 'dark'
})

/** `t` of one namespace for server components: `const t = await getTranslations('create')`. */
export async function getTranslations<N extends Namespace>(namespace: N) {
  const locale = await getLocale()
  const messages = await loadMessages(locale, [namespace])
  return createTranslator<Messages, N>({
    locale: WRITING[locale],
    messages: messages as Messages, // loadMessages was asked for exactly this namespace
    namespace,
    timeZone: getTimeZone(),
  })
}

/** Dates and numbers as the reader writes them, in the team's time zone. */
export async function getFormatter() {
  return createFormatter({ locale: WRITING[await getLocale()], timeZone: getTimeZone() })
}

export function getTimeZone(): string {
  return env().STUDIO_TIME_ZONE
}
