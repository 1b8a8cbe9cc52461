import { expect, test } from 'vitest'
import { isFromOurPage, isLoopbackAddress, isLoopbackHost } from '@/lib/access/origin'

const here = {
  origin: 'http://localhost:3000',
  fetchSite: null,
  host: 'localhost:3000',
  studioUrl: undefined,
}

test('a page of this studio is ours, under every loopback name of the same port', () => {
  expect(isFromOurPage(here)).toBe(true)
  expect(isFromOurPage({ ...here, origin: 'http://127.0.0.1:3000' })).toBe(true)
  expect(isFromOurPage({ ...here, origin: 'http://[::1]:3000' })).toBe(true)
  expect(isFromOurPage({ ...here, origin: 'http://studio.lan:3000', host: 'studio.lan:3000' })).toBe(true)
})

test.each([
  ['another port', { origin: 'http://localhost:4000' }],
  ['another site', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['a name that ends like ours', { origin: 'http://localhost:3000.evil.example' }],
  ['nothing said at all', { origin: null }],
  ['a link from elsewhere', { origin: null, fetchSite: 'cross-site' }],
  ['a sibling site', { origin: null, fetchSite: 'same-site' }],
  ['loopback asking for a public host', { host: 'studio.example:3000' }],
])('%s is not ours', (_, change) => expect(isFromOurPage({ ...here, ...change })).toBe(false))

test('without an Origin the browser may still say that the page is of the same origin', () => {
  expect(isFromOurPage({ ...here, origin: null, fetchSite: 'same-origin' })).toBe(true)
})

test('with STUDIO_URL that one origin counts, whatever host was asked', () => {
  const studioUrl = 'https://studio.example/'
  expect(isFromOurPage({ ...here, studioUrl, origin: 'https://studio.example' })).toBe(true)
  expect(isFromOurPage({ ...here, studioUrl, origin: 'http://studio.example' })).toBe(false)
  expect(isFromOurPage({ ...here, studioUrl })).toBe(false)
})

test('loopback hosts are told from names that were pointed at this machine', () => {
  expect(['localhost:3000', '127.0.0.1', '[::1]:3000'].every(isLoopbackHost)).toBe(true)
  expect(['evil.example:3000', '127.0.0.1.nip.io', ''].some(isLoopbackHost)).toBe(false)
})

test('an address to listen on that only this machine reaches is told, in IPv6 too', () => {
  expect(['localhost', '127.0.0.1', '::1', '0:0:0:0:0:0:0:1'].every(isLoopbackAddress)).toBe(true)
  expect(['0.0.0.0', '::', '192.0.2.7', 'studio.lan'].some(isLoopbackAddress)).toBe(false)
})
