export type EventKind =
  | 'generation'
  | 'image'
  | 'credits'
  | 'styles'
  | 'reference'
  | 'member'
  | 'session'
  | 'api-key'
  | 'share-link'
  | 'prompt-template'
  | 'campaign-set'
  | 'queue'
  | 'budget'
  | 'team'
  | 'mail'
  | 'upstream'
  | 'notification'

/**
 * What changed, by id only: whoever hears it asks for the rows with their own rights. An `image` event carries the id
 * of the generation whose images changed.
 */
export type StudioEvent = {
  team: string
  kind: EventKind
  id: string
  /** Of a generation: the upstream account that it was made for. Dispatchers look there. */
  account?: string
  /** Of a generation whose state changed: the state it is in now. Dispatchers and waiting requests act on it. */
  status?: string
}

/** `resync` comes when the connection was lost and is back: anything may have happened in between. */
export type Heard = StudioEvent | { kind: 'resync' }
