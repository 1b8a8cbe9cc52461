/** The most that one page of any list may have. */
export const PAGE_MAX = 100

/** What a page of each list has where nobody says. */
export const PAGE_SIZES = {
  audit: 50,
  /** The feed beside the composer: each has its images. */
  feed: 4,
  generations: 20,
  images: 60,
  /** Looked through for what has just ended, while another page than the feed is open. */
  latest: 10,
  links: 30,
  notifications: 20,
  prompts: 30,
  references: 30,
  sets: 30,
} as const
