/** What a team's queries are about. A change in one domain makes another's answers stale, so the names stand in one place. */
export type QueryDomain =
  | 'api-keys'
  | 'audit'
  | 'budgets'
  | 'campaign-sets'
  | 'connection'
  | 'credits'
  | 'gallery'
  | 'generations'
  | 'images'
  | 'members'
  | 'notifications'
  | 'prompt-history'
  | 'prompt-templates'
  | 'queue'
  | 'references'
  | 'sandbox'
  | 'sessions'
  | 'share-link-of'
  | 'share-links'
  | 'styles'

/** How the key of every such query begins. `team` is the slug of the page. */
export const teamKey = (domain: QueryDomain, team: string) => [domain, team] as const
