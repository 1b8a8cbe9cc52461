/** The owner of every studio that the tests start. */
export const OWNER = { email: 'owner@studio.test', password: 'correct horse battery staple' }
