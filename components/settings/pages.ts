import { roleCan, type Act, type Role } from '@/lib/access/roles'

/** In the order of use: what everybody may change comes first. */
const GROUPS = [
  { name: 'you', pages: [{ name: 'profile', path: 'settings/profile', act: 'see' }] },
  {
    name: 'team',
    pages: [
      { name: 'members', path: 'settings/members', act: 'see' },
      { name: 'keys', path: 'settings/keys', act: 'see' },
      { name: 'usage', path: 'settings/usage', act: 'see' },
      { name: 'budgets', path: 'settings/budgets', act: 'see' },
      { name: 'team', path: 'settings/team', act: 'see' },
      { name: 'security', path: 'settings/security', act: 'see_sign_in' },
      { name: 'connection', path: 'settings/connection', act: 'see_system' },
      { name: 'audit', path: 'settings/audit', act: 'see_audit' },
    ],
  },
  {
    name: 'studio',
    pages: [
      { name: 'queue', path: 'settings/queue', act: 'see' },
      { name: 'system', path: 'settings/system', act: 'see_system' },
    ],
  },
] as const satisfies { name: string; pages: { name: string; path: string; act: Act }[] }[]

/** The pages of the settings that somebody of this role may open, by group. */
export function settingsGroups(role: Role) {
  return GROUPS.map(({ name, pages }) => ({
    name,
    pages: pages.filter(({ act }) => roleCan(role, act)),
  })).filter(({ pages }) => pages.length > 0)
}
