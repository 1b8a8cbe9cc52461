import { expect, test } from 'vitest'
import { safeNext, signInPath } from '@/lib/access/next-path'

test.each(['/t/onda/create', '/t/onda/gallery?style=3#top', '/invite/abc'])('%s is a way on', (path) =>
  expect(safeNext(path)).toBe(path),
)

test.each([
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/%09/../\\evil',
  '\n//evil.example',
  'javascript:alert(1)',
  '/..//evil.example',
  '/.//evil.example',
  '/api/v1/sessions',
  '/sign-in?next=/sign-in',
  'evil.example/path',
])('%j leads nowhere but home', (path) => expect(safeNext(path)).toBe('/'))

test('the sign-in page remembers where to go back to', () => {
  expect(signInPath('/t/onda/gallery?q=a b')).toBe('/sign-in?next=%2Ft%2Fonda%2Fgallery%3Fq%3Da%2520b')
  expect(signInPath('/')).toBe('/sign-in')
})
