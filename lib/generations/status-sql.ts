import 'server-only'
import { OPEN, UNDER_WAY, type Status } from '@/lib/generations/status'
import { Prisma } from '@/prisma/generated/client'

/** Written out: a partial index is found by the words of its condition, not by a parameter, and the text stays the same. */
const listOf = (statuses: readonly Status[]) =>
  Prisma.raw(`(${statuses.map((status) => `'${status}'`).join(', ')})`)

/** SQL for `status IN …`. */
export const UNDER_WAY_SQL = listOf(UNDER_WAY)
export const OPEN_SQL = listOf(OPEN)
