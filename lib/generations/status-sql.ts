import 'server-only'
import { OPEN, UNDER_WAY } from '@/lib/platform/open-statuses'
import { literals } from '@/lib/platform/prepared'

/** SQL for `status IN …`. */
export const UNDER_WAY_SQL = literals(UNDER_WAY)
export const OPEN_SQL = literals(OPEN)
