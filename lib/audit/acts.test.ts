import { expect, test } from 'vitest'
import { readdirSync, readFileSync } from 'node:fs'
import { ACTS, AUDIT_KINDS, isKnownAct, kindOf } from '@/lib/audit/acts'
import { LOCALES } from '@/lib/i18n/locales'
import { loadMessages } from '@/lib/i18n/messages'

test('every act can be found by its kind, and no kind is offered that has none', () => {
  expect([...new Set(Object.keys(ACTS).map(kindOf))].sort()).toEqual([...AUDIT_KINDS].sort())
})

test('no two acts are told by one sentence', () => {
  const sentences = Object.values(ACTS)
  expect(new Set(sentences).size).toBe(sentences.length)
})

test.each(LOCALES)('every act and every kind has words (%s)', async (locale) => {
  const { settings } = await loadMessages(locale, ['settings'])
  expect(Object.values(ACTS).filter((sentence) => !settings?.audit.acts[sentence])).toEqual([])
  expect(AUDIT_KINDS.filter((kind) => !settings?.audit.kinds[kind])).toEqual([])
})

/** The types refuse an act that is not in the table where one is written; here, one that nobody writes any more. */
test('every act in the table is written somewhere, and what is written is in the table', () => {
  const sources = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name) && !name.startsWith('audit/acts'))
    .map((name) => readFileSync(`lib/${name}`, 'utf8'))
    .join('\n')
  const verbs = ['granted', 'raised', 'declined'].map((answer) => `budget.${answer}`) // lib/budgets/requests
  expect(Object.keys(ACTS).filter((act) => !verbs.includes(act) && !sources.includes(`'${act}'`))).toEqual([])
  const written = [...sources.matchAll(/\bact: '([a-z-]+\.[a-z_]+)'/g)].map(([, act = '']) => act)
  expect(written.length).toBeGreaterThan(20)
  expect(written.filter((act) => !isKnownAct(act))).toEqual([])
})
