import { z } from 'zod'
import type { Role } from '@/lib/access/roles'
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

export type Team = {
  id: string
  slug: string
  name: string
  /** What is generated is private unless its maker says otherwise. */
  isPrivateByDefault: boolean
  createdAt: string
}
export type MyTeam = { id: string; slug: string; name: string; role: Role }
