/** The owner of every studio that the tests start. */
export const OWNER = { email: 'owner@studio.test', password: 'correct horse battery staple' }

/** Owns teams of their own in the studio of the browser tests, and may add more: what they do never moves where the owner lands. */
export const SECOND_OWNER = { email: 'second@studio.test', password: 'persimmon under the second eaves' }
