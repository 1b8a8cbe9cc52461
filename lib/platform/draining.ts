import 'server-only'
import { shared } from '@/lib/platform/shared'

const state = () => shared('draining', () => ({ isDraining: false }))

/** From now on this process takes nothing new; what is under way ends. */
export function beginDraining(): void {
  state().isDraining = true
}

export const isDraining = (): boolean => state().isDraining
