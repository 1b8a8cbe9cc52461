import { z } from 'zod'
import { emailAddress, localeName, personName, refuseWeakPassword } from '@/lib/account/schema'
import { teamName } from '@/lib/teams/schema'

export const setUpInput = z
  .object({
    name: personName,
    email: emailAddress,
    password: z.string(),
    team: teamName,
    locale: localeName.optional(),
    /** Printed on the server's console; asked only when the studio is reachable from other machines. */
    code: z.string().trim().max(40).optional(),
  })
  .superRefine(refuseWeakPassword)

export const setUpResource = z.object({
  team: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
})
export type SetUp = z.infer<typeof setUpResource>
