import type { Marking } from '@/lib/images/client'

/** What a tile tells its grid, and what may be done with it; all stay the same between renders. */
export type TileActs = {
  onPick: (id: string, isRange: boolean) => void
  onFocus: (id: string) => void
  /** Undefined where the viewer may not. */
  onMark?: (marking: Marking) => void
  canGenerate: boolean
}
