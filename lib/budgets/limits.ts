export const UNITS = ['images', 'credits', 'requests'] as const
/** In which images and credits are counted. */
export const PERIODS = ['day', 'week', 'month'] as const
