export const FEED_SIZES = ['s', 'm', 'l'] as const
/** How high a row of the feed may be: a choice of this browser, read by the server before the first byte of HTML. */
export type FeedSize = (typeof FEED_SIZES)[number]

export const FEED_SIZE_COOKIE = 'studio-feed-size'

export const feedSizeOf = (value: string | undefined): FeedSize =>
  FEED_SIZES.find((size) => size === value) ?? 'm'
