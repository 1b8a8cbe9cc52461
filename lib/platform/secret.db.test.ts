import { expect, test } from 'vitest'
import { keyFor, newToken, seal, tokenHash, unseal } from '@/lib/platform/secret'

test('what is sealed opens again for the same purpose only', () => {
  const sealed = seal('share-link', '토큰 token')
  expect(unseal('share-link', sealed)).toBe('토큰 token')
  expect(unseal('invitation', sealed)).toBe(null)
})

test('a changed, cut or invented value does not open', () => {
  const sealed = seal('share-link', 'token')
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte))
    expect(unseal('share-link', changed)).toBe(null)
  }
  expect(unseal('share-link', sealed.subarray(0, 20))).toBe(null)
  expect(unseal('share-link', new Uint8Array())).toBe(null)
})

test('the same text is sealed differently each time', () => {
  expect(Buffer.from(seal('x', 'token')).equals(Buffer.from(seal('x', 'token')))).toBe(false)
})

test('each purpose has a key of its own', () => {
  expect(keyFor('one').equals(keyFor('other'))).toBe(false)
})

test('tokens are 32 random bytes that fit into an address', () => {
  expect(newToken()).toMatch(/^[\w-]{43}$/)
  expect(tokenHash('a').length).toBe(32)
})
