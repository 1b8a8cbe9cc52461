import { createFormatter, createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import { LOCALES, localeFrom, localeOf, WRITING, type Locale } from '@/lib/i18n/locales'

const written = (locale: Locale, options: { dateStyle: 'medium'; timeStyle?: 'short'; hourCycle?: 'h23' }) =>
  createFormatter({ locale: WRITING[locale], timeZone: 'Asia/Seoul' }).dateTime(
    new Date('2026-11-21T15:04:00Z'),
    options,
  )

describe('dates', () => {
  test('are written as the reader writes them: day month year in English, year month day in Korean', () => {
    expect(written('en', { dateStyle: 'medium' })).toBe('Nov 22, 2026')
    expect(written('ko', { dateStyle: 'medium' })).toBe('2026. 11. 22.')
    const moment = { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' } as const
    expect(written('en', moment)).toBe('Nov 22, 2026, 00:04')
    expect(written('ko', moment)).toBe('2026. 11. 22. 00:04')
  })

  test('are written so inside sentences too', () => {
    const messages = { until: 'Open until {day, date, medium}' }
    const t = createTranslator({ locale: WRITING.en, messages, timeZone: 'Asia/Seoul' })
    expect(t('until', { day: new Date('2026-11-21T15:04:00Z') })).toBe('Open until Nov 22, 2026')
  })

  test('leave numbers as they are', () => {
    for (const locale of LOCALES)
      expect(createFormatter({ locale: WRITING[locale] }).number(1_204.5)).toBe('1,204.5')
  })
})

describe('the reader’s language', () => {
  test('is found again from how it writes', () => {
    for (const locale of LOCALES) expect(localeOf(WRITING[locale])).toBe(locale)
  })

  test('is the first one of the header that the studio speaks, by weight', () => {
    expect(localeFrom('en-US,en;q=0.9,ko;q=0.8')).toBe('en')
    expect(localeFrom('fr;q=0.9, ko;q=0.5, en;q=0.1')).toBe('ko')
    expect(localeFrom('fr')).toBe('en')
    expect(localeFrom(null)).toBe('ko')
  })
})
