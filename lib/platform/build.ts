/** Which build this code is of: the server says it to open pages, which compare it with their own. Set by next.config.mjs. */
// eslint-disable-next-line no-restricted-properties -- the bundler puts the value in its place
export const BUILD = process.env.STUDIO_BUILD ?? 'development'
