/** What usage can be grouped by, and how a generation can have ended. */
export const USAGE_BY = ['day', 'member', 'style', 'api-key', 'set', 'outcome'] as const
export const OUTCOMES = ['succeeded', 'failed_charged', 'failed_free', 'canceled'] as const

export type UsageBy = (typeof USAGE_BY)[number]
