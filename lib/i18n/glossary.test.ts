import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Words that the screens do not use, with the one that they use instead. */
const FORBIDDEN = {
  en: {
    '\\bpictures?\\b': 'image',
    '\\b(?:draw|draws|drawn|drawing|paints?|painted)\\b': 'generate',
    '\\be-mails?\\b': 'email',
    '\\bfavourites?\\b': 'favorite',
    '\\bcatalogues?\\b': 'catalog',
    '\\bcolour(?:ed|s)?\\b': 'color',
    '\\bwatercolours?\\b': 'watercolor',
    '\\bcancelled\\b': 'canceled',
    '\\bwhoever runs the server\\b': 'server admin',
    '\\badministrators?\\b': 'admin',
    '\\bwithdr[ae]w': 'revoke',
    '\\bset-up\\b': 'setup',
    '\\bcolleagues?\\b': 'teammate',
    '\\btake (?:it|the image) out\\b': 'remove',
    '\\bfree of charge\\b|(?:^|[.!] )not charged\\.': 'no credits used',
    '\\bswitched (?:on|off)\\b': 'enabled, disabled',
    '\\bcollection images?\\b': 'image',
  },
  ko: {
    '그림(?!자)': '이미지',
    묶음: '그룹',
    '이어 만들': '변형',
    '참고 그림': '레퍼런스',
    출발점: '바탕',
    구성원: '멤버',
    '보기 전용': '뷰어',
    내려받: '다운로드',
    되살리: '복원',
    '더하(?:기|세요|려면)': '추가',
    '고치(?:기|면|세요)': '수정',
    바꾸기: '변경',
    회수: '해제',
    '자리(?:가|를|는) ': '슬롯',
    '크레딧(?:은|이) 들': '차감',
    '서버를 (?:운영|관리)하는': '서버 관리자',
  },
}
/** Where such a word is right. */
const RIGHT: Record<string, string> = {
  'ko shell.palette.words.gallery': 'what people type to find the gallery',
}

type Messages = { [name: string]: string | Messages }

function sentences(messages: Messages, path: string): [string, string][] {
  return Object.entries(messages).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}.${name}`, value]] : sentences(value, `${path}.${name}`),
  )
}

function forbiddenIn(locale: keyof typeof FORBIDDEN, text: string): string[] {
  return Object.entries(FORBIDDEN[locale])
    .filter(([word]) => new RegExp(word, 'i').test(text))
    .map(([word, instead]) => `${word}: say ${instead}`)
}

test.each(['en', 'ko'] as const)('the messages (%s) say one word for one thing', (locale) => {
  const found = readdirSync(`messages/${locale}`).flatMap((file) => {
    const messages: Messages = JSON.parse(readFileSync(`messages/${locale}/${file}`, 'utf8'))
    return sentences(messages, `${locale} ${file.replace('.json', '')}`)
  })
  expect(found.length).toBeGreaterThan(500)
  const wrong = found.flatMap(([key, text]) =>
    key in RIGHT ? [] : forbiddenIn(locale, text).map((word) => `${key}: ${text} (${word})`),
  )
  expect(wrong).toEqual([])
})

test('a forbidden word is found in any writing, and not inside another word', () => {
  expect(forbiddenIn('en', 'Share this Picture')).toHaveLength(1)
  expect(forbiddenIn('en', 'Sharing is picturesque, in color')).toEqual([])
  expect(forbiddenIn('ko', '이 그림을 보세요')).toHaveLength(1)
})
