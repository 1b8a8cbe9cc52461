import { can, type Role } from '@/lib/teams/roles'

/** Who looks, for what the picture offers them. */
export type Viewer = { id: string; role: Role }

export const mayMark = ({ role }: Viewer) => can(role, 'change_own')
export const mayGenerate = ({ role }: Viewer) => can(role, 'generate')

export function mayTrash({ id, role }: Viewer, makerId: string): boolean {
  return can(role, makerId === id ? 'change_own' : 'change_all')
}

export function mayShare({ id, role }: Viewer, makerId: string): boolean {
  return can(role, makerId === id ? 'link_own' : 'link_all')
}
