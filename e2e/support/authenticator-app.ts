import { Secret, TOTP } from 'otpauth'
import { expect } from 'vitest'
import { GET as meRoute } from '@/app/api/v1/me/route'
import { POST as confirmRoute } from '@/app/api/v1/me/second-factor/totp/confirmation/route'
import { POST as beginRoute } from '@/app/api/v1/me/second-factor/totp/route'
import { call, makeTeam, signInAs } from '@/e2e/support/people'
import { db } from '@/lib/platform/db'

export const STEP_MS = 30_000

export const codeAt = (secret: string, ms: number) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: ms })

/**
 * Sets an app up; returns its secret and the recovery codes. It is as if the code had been that of the step before, so that
 * tests may give this step's and the next one's.
 */
export async function setUpApp(
  cookie: string,
  body: object = {},
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const begun = await (await call(beginRoute, '/', { method: 'POST', cookie, body })).json()
  const confirmed = { token: begun.token, code: codeAt(begun.secret, Date.now()) }
  const answer = await call(confirmRoute, '/', { method: 'POST', cookie, body: confirmed })
  expect(answer.status).toBe(200)
  const { id: userId } = await (await call(meRoute, '/', { cookie })).json()
  await db().totpFactor.update({ where: { userId }, data: { lastStep: { decrement: 1 } } })
  return { secret: begun.secret, ...(await answer.json()) }
}

/** The owner of a new team, whose app shows codes of the secret. */
export async function makeSecured() {
  const { owner } = await makeTeam()
  const cookie = await signInAs(owner)
  return { owner, cookie, ...(await setUpApp(cookie)) }
}
