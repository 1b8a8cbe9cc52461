import { expect, test } from 'vitest'
import { isolate } from '@/lib/text/isolate'

test('keeps right-to-left text from turning the sentence around it', () => {
  expect(isolate('שלום')).toBe('\u2068שלום\u2069')
  expect(isolate('ابحث 12')).toBe('\u2068ابحث 12\u2069')
  expect(isolate('a\u202eb')).toBe('\u2068ab\u2069')
})

test('leaves other text alone', () => {
  for (const text of ['Ada', '김하늘', '👩‍🎨', '']) expect(isolate(text)).toBe(text)
})
