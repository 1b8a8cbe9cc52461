export const LOCALES = ['ko', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Each language in its own words, for people who cannot read the other. */
export const LOCALE_NAMES = { ko: '한국어', en: 'English' } as const satisfies Record<Locale, string>

/** How each language writes dates and numbers: 2026. 11. 22. and Nov 22, 2026. */
export const WRITING = { ko: 'ko', en: 'en-US' } as const satisfies Record<Locale, string>
export type Writing = (typeof WRITING)[Locale]
export const localeOf = (writing: Writing): Locale => (writing === 'ko' ? 'ko' : 'en')

export const LOCALE_COOKIE = 'studio-locale'

export const THEMES = ['dark', 'light', 'system'] as const
export type Theme = (typeof THEMES)[number]
export const THEME_COOKIE = 'studio-theme'

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value)
}

/** The first language of an Accept-Language header that we speak; Korean when it names none. */
export function localeFrom(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const weight = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { language: tag.slice(0, 2).toLowerCase(), weight: weight ? Number(weight.trim().slice(2)) : 1 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return (
    wanted.map(({ language }) => language).find(isLocale) ??
    (wanted.length > 0 && wanted[0]?.language ? 'en' : 'ko')
  )
}
