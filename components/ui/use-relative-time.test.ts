import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl/react'
import { expect, test } from 'vitest'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { WRITING, type Locale } from '@/lib/i18n/locales'
import enMessages from '@/messages/en/common.json'
import koMessages from '@/messages/ko/common.json'

const now = new Date('2026-03-02T10:00:00.000Z')

function Age({ ageMs }: { ageMs: number }) {
  const relative = useRelativeTime()
  return relative(new Date(now.getTime() - ageMs).toISOString())
}

const words = { en: { common: enMessages }, ko: { common: koMessages } }

function ageIn(locale: Locale, ageMs: number): string {
  const children = createElement(Age, { ageMs })
  const props = { locale: WRITING[locale], messages: words[locale], now, timeZone: 'UTC', children }
  return renderToStaticMarkup(createElement(IntlProvider, props))
}

test.each([
  [-5_000, 'just now', '방금 전'],
  [0, 'just now', '방금 전'],
  [5_000, 'just now', '방금 전'],
  [59_999, 'just now', '방금 전'],
  [60_000, '1 minute ago', '1분 전'],
  [7_200_000, '2 hours ago', '2시간 전'],
])('what is %j ms old is %j, in Korean %j', (ageMs, english, korean) => {
  expect(ageIn('en', ageMs)).toBe(english)
  expect(ageIn('ko', ageMs)).toBe(korean)
})
