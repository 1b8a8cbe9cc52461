/** Open to everybody by their nature; what guards them is proved beside them. */
export const openRoutes = [
  'GET /api/health', // no secrets: asked by monitors
  'GET /api/auth/[...nextauth]', // lib/account/sign-in
  'POST /api/auth/[...nextauth]',
  'POST /api/v1/sign-in/passkey-challenge', // lib/account/passkey
  'POST /api/v1/setup', // lib/setup
  'POST /api/v1/invitations/acceptance', // lib/invitations
  'POST /api/v1/account-links', // lib/account/links
  'POST /api/v1/password-resets', // lib/account/links
  'POST /api/v1/email-confirmations', // lib/people/email
]
