/** How long what was thrown away can be restored. */
export const TRASH_DAYS = 30
