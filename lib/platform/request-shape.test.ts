import { expect, test } from 'vitest'
import { addresses } from '@/e2e/support/addresses'
import { shapeOf, surfaceOf } from '@/lib/platform/request-shape'

test.each([
  ['/t/spring/settings/members?q=hana', '/t/*/settings/members'],
  ['/s/qvJxLmdYcPzkUuRrTtWwEeAaSsDdFfGgHhJjKkLlQq0/i/3b2c/original', '/s/*/i/*/original'],
  ['/sign-in/reset/qvJxLmdYcPzkUuRrTtWwEeAaSsDdFfGgHhJjKkLlQqz', '/sign-in/reset/*'],
  [
    '/api/v1/generations/3b2cbe43-0000-4000-8000-000000000000/cancellation',
    '/api/v1/generations/*/cancellation',
  ],
  ['/api/v1/images?q=김민지', '/api/v1/images'],
  ['/i/spring/secret', '/i/*/secret'],
  ['/', '/'],
  ['/%EA%B9%80%EB%AF%BC%EC%A7%80/x', '/*/x'],
  [`/${'a/'.repeat(50)}`, '/a/a/a/a/a/a/a/a'],
])('%s is written as %s', (url, shape) => expect(shapeOf(url)).toBe(shape))

test('a line of no address holds what was put into it', () => {
  const values = {
    id: '1234-id',
    team: 'a-team',
    token: 'Token',
    path: '9path',
    nextauth: 'session',
    imageId: '7',
    variant: 'thumb',
  }
  const written = [...addresses('route', values), ...addresses('page', values)].map(shapeOf)
  expect(written.length).toBeGreaterThan(50)
  expect(written.filter((shape) => /1234|a-team|Token|9path/.test(shape))).toEqual([])
})

test.each([
  ['/livez', 'operations'],
  ['/api/health?x', 'operations'],
  ['/api/v1/events?team=a', 'events'],
  ['/api/v1/images', 'api'],
  ['/api/images/create', 'drop_in'],
  ['/api/users/me', 'drop_in'],
  ['/api/auth/csrf', 'sign_in'],
  ['/i/a/b', 'image'],
  ['/s/token', 'share'],
  ['/_next/static/a.js', 'static'],
  ['/t/team', 'page'],
  ['/wp-login.php', 'page'],
])('%s is counted as %s', (url, surface) => expect(surfaceOf(url)).toBe(surface))
