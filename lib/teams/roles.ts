export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const SCOPES = ['read', 'generate', 'manage'] as const
export type Scope = (typeof SCOPES)[number]
