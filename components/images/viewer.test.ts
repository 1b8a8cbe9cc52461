import { expect, test } from 'vitest'
import { canChange } from '@/components/images/viewer'
import * as server from '@/lib/access/permissions'
import { ROLES, scopesOf, type Role } from '@/lib/access/roles'
import { viewerOf } from '@/lib/images/viewer'

const actorOf = (role: Role) => ({ userId: 'me', role, scopes: scopesOf(role) })
const mayChange = (role: Role, makerId: string) => canChange(viewerOf(actorOf(role)), makerId)

test('a member changes what they made, and nobody else’s', () => {
  expect(mayChange('member', 'me')).toBe(true)
  expect(mayChange('member', 'another')).toBe(false)
})

test('a viewer changes nothing, not even what they made as a member', () => {
  expect(mayChange('viewer', 'me')).toBe(false)
  expect(mayChange('viewer', 'another')).toBe(false)
})

test.each(['admin', 'owner'] as const)('an %s changes what anybody made', (role) => {
  expect(mayChange(role, 'me')).toBe(true)
  expect(mayChange(role, 'another')).toBe(true)
})

test.each(ROLES)('what the page offers to somebody who is %s is what the server lets them do', (role) => {
  for (const makerId of ['me', 'another'])
    expect(mayChange(role, makerId)).toBe(server.canChange(actorOf(role), makerId))
})
