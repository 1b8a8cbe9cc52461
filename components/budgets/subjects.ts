/** Whom a budget may be for, besides the whole team. */
export type Subjects = { members: { id: string; name: string }[]; keys: { id: string; name: string }[] }
