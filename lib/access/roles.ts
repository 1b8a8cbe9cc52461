export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const SCOPES = ['read', 'generate', 'manage'] as const
export type Scope = (typeof SCOPES)[number]

/**
 * Who may do what: each act with the least role it takes and the scope an API key needs for it. `*_own` acts
 * concern what the person made; `*_all` the same acts on what anybody in the team made.
 */
const acts = {
  see: { least: 'viewer', scope: 'read' },
  generate: { least: 'member', scope: 'generate' },
  change_own: { least: 'member', scope: 'generate' },
  link_own: { least: 'member', scope: 'generate' },
  make_keys: { least: 'member', scope: 'generate' },
  change_all: { least: 'admin', scope: 'manage' },
  link_all: { least: 'admin', scope: 'manage' },
  see_private: { least: 'admin', scope: 'manage' },
  manage_queue: { least: 'admin', scope: 'manage' },
  edit_styles: { least: 'admin', scope: 'manage' },
  manage_members: { least: 'admin', scope: 'manage' },
  manage_keys: { least: 'admin', scope: 'manage' },
  manage_budgets: { least: 'admin', scope: 'manage' },
  see_usage: { least: 'admin', scope: 'manage' },
  see_sign_in: { least: 'admin', scope: 'manage' },
  see_audit: { least: 'admin', scope: 'manage' },
  see_system: { least: 'admin', scope: 'manage' },
  change_sign_in: { least: 'owner', scope: 'manage' },
  change_team: { least: 'owner', scope: 'manage' },
  change_upstream: { least: 'owner', scope: 'manage' },
  manage_admins: { least: 'owner', scope: 'manage' },
  transfer_team: { least: 'owner', scope: 'manage' },
  delete_team: { least: 'owner', scope: 'manage' },
} as const satisfies Record<string, { least: Role; scope: Scope }>

export type Act = keyof typeof acts

/** Whether `role` is at least as high as `least`. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) <= ROLES.indexOf(least)
}

/** Whether a person of this role may do the act at all, whatever means they use. */
export function roleCan(role: Role, act: Act): boolean {
  return isAtLeast(role, acts[act].least)
}

/** The scope that an API key needs for the act. */
export function scopeOf(act: Act): Scope {
  return acts[act].scope
}

/** What a role's own session may do; an API key never holds more than this, whatever it was made with. */
export function scopesOf(role: Role): readonly Scope[] {
  if (isAtLeast(role, 'admin')) return SCOPES
  return role === 'member' ? ['read', 'generate'] : ['read']
}

/** Roles that somebody of `role` may give, change or take away. Nobody reaches above or beside an admin but an owner. */
export function rolesInReachOf(role: Role): readonly Role[] {
  if (role === 'owner') return ROLES
  return role === 'admin' ? ['member', 'viewer'] : []
}
