export const INVITATION_DAYS = 7

/** How long an invitation may be good for. */
export const VALID_DAYS = [1, 7, 30] as const
/** So many addresses at once. */
export const ADDRESSES_MAX = 50
