import { randomUUID } from 'node:crypto'
import type { Row } from '@/e2e/support/authorization-row'
import { PASSWORD } from '@/e2e/support/people'

const see = { least: 'viewer', scope: 'read', ok: 200 } as const
const confirmed = () => ({ confirmation: { password: PASSWORD } })

/** The routes of a person's own second factor. */
export const secondFactorRows: Row[] = [
  // this address (127.0.0.1) has no passkeys: those who may are told so
  { route: 'GET /api/v1/me/second-factor', ...see, isForPeople: true },
  { route: 'DELETE /api/v1/me/second-factor/notice', ...see, ok: 204, isForPeople: true },
  { route: 'POST /api/v1/me/second-factor/totp', ...see, isForPeople: true, body: confirmed },
  {
    route: 'POST /api/v1/me/second-factor/totp/confirmation',
    ...see,
    ok: 409,
    isForPeople: true,
    body: () => ({ token: 'none', code: '123456' }),
  },
  {
    route: 'POST /api/v1/me/second-factor/totp/removal',
    ...see,
    ok: 404,
    isForPeople: true,
    body: confirmed,
  },
  {
    route: 'POST /api/v1/me/second-factor/recovery-codes',
    ...see,
    ok: 409,
    isForPeople: true,
    body: confirmed,
  },
  { route: 'POST /api/v1/me/second-factor/passkey-challenge', ...see, ok: 409, isForPeople: true },
  { route: 'POST /api/v1/me/passkeys/challenge', ...see, ok: 409, isForPeople: true, body: confirmed },
  {
    route: 'POST /api/v1/me/passkeys',
    ...see,
    ok: 409,
    isForPeople: true,
    body: () => ({
      name: 'k',
      response: {
        ...{ id: 'AA', rawId: 'AA', type: 'public-key' },
        response: { clientDataJSON: 'AA', attestationObject: 'AA' },
      },
    }),
  },
  {
    route: 'PATCH /api/v1/me/passkeys/[id]',
    ...see,
    ok: 404,
    isForPeople: true,
    thing: async () => randomUUID(),
    body: () => ({ name: 'renamed' }),
  },
  {
    route: 'POST /api/v1/me/passkeys/[id]/removal',
    ...see,
    ok: 404,
    isForPeople: true,
    thing: async () => randomUUID(),
    body: confirmed,
  },
]
