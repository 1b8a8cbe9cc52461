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
export const shownKeyResource = z.object({
  lastFour: z.string(),
  addedAt: z.iso.datetime(),
  addedBy: z.string(),
  isReadable: z.boolean(),
})
export type ShownKey = z.infer<typeof shownKeyResource>

/** What a team generates with, for its members; `manage` for its owners alone. */
export const teamConnectionResource = z.object({
  choice: chooseInput.shape.choice,
  kind: z.enum(['sandbox', 'flamel']),
  source: z.enum(['environment', 'server', 'own', 'sandbox']),
  keyProblem: z.string().nullable(),
  /** Who can change it. */
  owners: z.array(z.string()),
  manage: z
    .object({
      own: shownKeyResource.nullable(),
      /** What `server` means now. */
      serverKind: z.enum(['sandbox', 'flamel']),
      /** FLAMEL_API_KEY is set on the server: it goes before a stored key of the server. */
      isSetOutside: z.boolean(),
      /** Null where this team does not look after the server's key. */
      server: z.object({ key: shownKeyResource.nullable(), teams: z.number() }).nullable(),
    })
    .nullable(),
})
export type TeamConnection = z.infer<typeof teamConnectionResource>

/** `same_account`: another key of the same Flamel user, so nothing else changes. */
export const savedKeyResource = z.object({
  connection: teamConnectionResource,
  outcome: z.enum(['added', 'same_account', 'other_account']),
})
export type SavedKey = z.infer<typeof savedKeyResource>
