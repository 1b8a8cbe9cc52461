import { expect, test } from 'vitest'
import { passkeyPlace } from '@/lib/account/passkey-place'

const at = (host: string, isHttps = false, studioUrl?: string) => passkeyPlace({ host, isHttps, studioUrl })

test.each([
  ['localhost without TLS', at('localhost:3000'), { rpId: 'localhost', origin: 'http://localhost:3000' }],
  [
    'a name over https',
    at('studio.example', true),
    { rpId: 'studio.example', origin: 'https://studio.example' },
  ],
  [
    'STUDIO_URL, whatever host was asked',
    at('127.0.0.1:3000', false, 'https://studio.example:8443/'),
    { rpId: 'studio.example', origin: 'https://studio.example:8443' },
  ],
])('passkeys belong to %s', (_, place, expected) => expect(place).toEqual(expected))

test.each([
  ['a name without https', at('studio.example')],
  ['an IPv4 address', at('127.0.0.1:3000')],
  ['an IPv4 address over https', at('192.0.2.1', true)],
  ['an IPv6 address over https', at('[2001:db8::1]:443', true)],
  ['an address as STUDIO_URL', at('localhost:3000', false, 'https://10.0.0.5')],
  ['a host that is none', at('a b')],
])('there are none at %s', (_, place) => expect(place).toBeNull())
