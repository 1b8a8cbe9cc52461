import { z } from 'zod'
import { ROLES } from '@/lib/access/roles'
import { isTeamSlug } from '@/lib/teams/slug'

export const teamName = z.string().trim().min(1).max(80)
const teamSlug = z.string().refine(isTeamSlug, 'slug')

export const createTeamInput = z.object({ name: teamName })

export const updateTeamInput = z
  .object({ name: teamName, slug: teamSlug, isPrivateByDefault: z.boolean() })
  .partial()
export type UpdateTeamInput = z.input<typeof updateTeamInput>

export const transferInput = z.object({ userId: z.uuid() })

/** `confirmation` is the team's name, typed by hand. */
export const deleteTeamQuery = z.object({ confirmation: z.string().default('') })

export const teamResource = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  /** What is generated is private unless its maker says otherwise. */
  isPrivateByDefault: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type Team = z.infer<typeof teamResource>
export const myTeamResource = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
})
export type MyTeam = z.infer<typeof myTeamResource>
