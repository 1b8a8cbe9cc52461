import { expect, test } from 'vitest'
import { roleCan, rolesInReachOf, ROLES, scopesOf, type Act, type Role } from '@/lib/access/roles'

const allowed = (act: Act) => ROLES.filter((role) => roleCan(role, act))
const everybody: Role[] = ['owner', 'admin', 'member', 'viewer']
const makers: Role[] = ['owner', 'admin', 'member']
const admins: Role[] = ['owner', 'admin']
const owner: Role[] = ['owner']

test.each<[Act, Role[]]>([
  ['see', everybody],
  ['generate', makers],
  ['change_own', makers],
  ['link_own', makers],
  ['make_keys', makers],
  ['change_all', admins],
  ['link_all', admins],
  ['edit_styles', admins],
  ['manage_members', admins],
  ['manage_keys', admins],
  ['see_audit', admins],
  ['see_system', admins],
  ['change_team', owner],
  ['change_upstream', owner],
  ['manage_admins', owner],
  ['transfer_team', owner],
  ['delete_team', owner],
])('%s is for %j', (act, roles) => expect(allowed(act)).toEqual(roles))

test('each role holds the scopes of the acts it may do, and no more', () => {
  expect(scopesOf('viewer')).toEqual(['read'])
  expect(scopesOf('member')).toEqual(['read', 'generate'])
  expect(scopesOf('admin')).toEqual(['read', 'generate', 'manage'])
  expect(scopesOf('owner')).toEqual(['read', 'generate', 'manage'])
})

test('an admin reaches members and viewers, only an owner reaches admins', () => {
  expect(rolesInReachOf('admin')).toEqual(['member', 'viewer'])
  expect(rolesInReachOf('owner')).toEqual(ROLES)
  expect(rolesInReachOf('member')).toEqual([])
})
