import type { viewerOf } from '@/lib/images/viewer'

/** Who looks, and what of this they may do with images: a page needs no table of roles. */
export type Viewer = ReturnType<typeof viewerOf>

export const canMark = ({ acts }: Viewer) => acts.includes('change_own')
export const canGenerate = ({ acts }: Viewer) => acts.includes('generate')

export function canTrash({ id, acts }: Viewer, makerId: string): boolean {
  return acts.includes(makerId === id ? 'change_own' : 'change_all')
}

export function canShare({ id, acts }: Viewer, makerId: string): boolean {
  return acts.includes(makerId === id ? 'link_own' : 'link_all')
}
