import type { viewerOf } from '@/lib/images/viewer'

/** Who looks, and what of this they may do: a page needs no table of roles. */
export type Viewer = ReturnType<typeof viewerOf>

export const may = ({ acts }: Viewer, act: Viewer['acts'][number]) => acts.includes(act)
export const canMark = (viewer: Viewer) => may(viewer, 'change_own')
export const canGenerate = (viewer: Viewer) => may(viewer, 'generate')

/** Whether they may change (cancel, settle, delete, restore, organise) what `makerId` made, as the server decides it. */
export function canChange(viewer: Viewer, makerId: string): boolean {
  return may(viewer, makerId === viewer.id ? 'change_own' : 'change_all')
}

export function canShare(viewer: Viewer, makerId: string): boolean {
  return may(viewer, makerId === viewer.id ? 'link_own' : 'link_all')
}
