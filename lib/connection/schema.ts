import { z } from 'zod'

/** Longer than any key that was seen. */
const KEY_MAX = 512
export const KEY_MIN = 8

const scope = z.enum(['server', 'own'])

/** What a key is made of: printable ASCII without blanks. What was copied with it around it is left out. */
const apiKey = z
  .string()
  .max(KEY_MAX * 2)
  .trim()
  .min(KEY_MIN)
  .max(KEY_MAX)
  .regex(/^[\x21-\x7e]+$/, 'has a character that no key has, such as a blank or a line break')

export const saveKeyInput = z.strictObject({ scope, key: apiKey })
export type SaveKeyInput = z.input<typeof saveKeyInput>

export const removeKeyQuery = z.object({ scope: scope.default('own') })

export const chooseInput = z.strictObject({ choice: z.enum(['server', 'own', 'sandbox']) })
export type ChooseInput = z.input<typeof chooseInput>

/** Whose key it is that is stored: the one that the server's teams share, or the team's own. */
export type KeyScope = z.infer<typeof scope>

/** What may be known of a stored key: never the key. `isReadable` is false once the studio's secret is another. */
export type ShownKey = { lastFour: string; addedAt: string; addedBy: string; isReadable: boolean }

/** What a team generates with, for its members; `manage` for its owners alone. */
export type TeamConnection = {
  choice: ChooseInput['choice']
  kind: 'sandbox' | 'flamel'
  source: 'environment' | 'server' | 'own' | 'sandbox'
  keyProblem: string | null
  /** Who can change it. */
  owners: string[]
  manage: null | {
    own: ShownKey | null
    /** What `server` means now. */
    serverKind: 'sandbox' | 'flamel'
    /** FLAMEL_API_KEY is set on the server: it goes before a stored key of the server. */
    isSetOutside: boolean
    /** Null where this team does not look after the server's key. */
    server: null | { key: ShownKey | null; teams: number }
  }
}

/** `same_account`: another key of the same Flamel user, so nothing else changes. */
export type SavedKey = { connection: TeamConnection; outcome: 'added' | 'same_account' | 'other_account' }
