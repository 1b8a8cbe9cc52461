import { expect, test } from 'vitest'
import { isTeamSlug, slugFor } from '@/lib/teams/slug'

test.each([
  ['Onda Studio', 'onda-studio'],
  ['  Café Über ', 'cafe-uber'],
  ['온다 스튜디오', 'team'],
  ['온다 Studio 2', 'studio-2'],
  ['--', 'team'],
])('the address of %j is %s', (name, slug) => expect(slugFor(name)).toBe(slug))

test('an address that reads like an id is refused', () => {
  expect(isTeamSlug('01998f0a-7b1c-7000-8000-000000000000')).toBe(false)
  expect(isTeamSlug('onda')).toBe(true)
  expect(isTeamSlug('Onda')).toBe(false)
  expect(isTeamSlug('onda--studio')).toBe(false)
})
