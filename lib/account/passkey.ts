import 'server-only'
import { headers } from 'next/headers'
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import { cameByHttps, clientNetwork } from '@/lib/access/address'
import { makeChallenge, takeChallenge } from '@/lib/account/auth-challenge'
import { passkeyPlace, type PasskeyPlace } from '@/lib/account/passkey-place'
import type { Assertion } from '@/lib/account/passkey-schema'
import { afterFirstFactor, type SignInResult } from '@/lib/account/sign-in'
import { beginNamelessAttempt } from '@/lib/account/throttle'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'

/** Where this visitor's passkeys belong; null where there are none. */
export function placeOf(headers: Headers): PasskeyPlace | null {
  return passkeyPlace({
    host: headers.get('host'),
    isHttps: cameByHttps(headers),
    studioUrl: env().STUDIO_URL,
  })
}

/** The same. Throws `conflict` where there are none. */
export function requirePlace(headers: Headers): PasskeyPlace {
  const place = placeOf(headers)
  if (!place) throw new AppError('conflict', { detail: 'Passkeys need https and a host name (STUDIO_URL).' })
  return place
}

/** For a page that offers them: what it draws at first must be there to stay, or a press lands beside what was meant. */
export const canUsePasskeysHere = async (): Promise<boolean> => placeOf(await headers()) !== null

/** What a browser needs to ask for any of its passkeys of this studio. */
export async function askForPasskey(headers: Headers): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = await makeChallenge('passkey-sign-in', {})
  return requestOptions(requirePlace(headers), { challenge, ids: [] })
}

/** The same for a person who is signed in: one of their own, to confirm that it is them. */
export async function askForOwnPasskey(
  userId: string,
  headers: Headers,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const place = requirePlace(headers)
  const own = await db().passkey.findMany({
    where: { userId, rpId: place.rpId },
    select: { credentialId: true },
  })
  const challenge = await makeChallenge('passkey-confirmation', { userId })
  return requestOptions(place, { challenge, ids: own.map(({ credentialId }) => credentialId) })
}

function requestOptions({ rpId }: PasskeyPlace, { challenge, ids }: { challenge: string; ids: string[] }) {
  return generateAuthenticationOptions({
    rpID: rpId,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
    allowCredentials: ids.map((id) => ({ id })),
  })
}

/** Signs a person in by a passkey alone: it is something they have, and it has verified that it is them. */
export async function signInWithPasskey(given: Assertion, headers: Headers): Promise<SignInResult> {
  const attempt = await beginNamelessAttempt({ network: clientNetwork(headers) })
  if (attempt.state === 'wait') return attempt
  const challenge = challengeOf(given)
  if (!(await takeChallenge('passkey-sign-in', challenge))) return { state: 'refused' }
  const userId = await verifyPasskey(given, challenge, headers)
  if (!userId) return { state: 'refused' }
  await attempt.succeeded()
  return afterFirstFactor(userId, { headers, provenBy: 'passkey' })
}

/** Whether the answer to `askForOwnPasskey` is one of the person's own passkeys. */
export async function isOwnPasskey(given: Assertion, userId: string, headers: Headers): Promise<boolean> {
  const challenge = challengeOf(given)
  const asked = await takeChallenge('passkey-confirmation', challenge)
  return asked?.userId === userId && (await verifyPasskey(given, challenge, headers)) === userId
}

/** Whose passkey signed the challenge, here, after it verified its user; null when none did. */
async function verifyPasskey(given: Assertion, challenge: string, headers: Headers): Promise<string | null> {
  const place = placeOf(headers)
  const passkey = await db().passkey.findUnique({ where: { credentialId: given.id } })
  if (!place || !passkey || passkey.rpId !== place.rpId) return null
  const { userHandle } = given.response
  if (userHandle !== undefined && textOf(userHandle) !== passkey.userId) return null
  const verified = await verifyAuthenticationResponse({
    response: given,
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    requireUserVerification: true,
    // a synced passkey counts nothing: 0 after 0 is right
    credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: Number(passkey.counter) },
  }).catch((error: unknown) => log.debug('passkey.refused', { error }))
  if (!verified?.verified) return null
  const { newCounter } = verified.authenticationInfo
  await db().passkey.updateMany({
    where: { id: passkey.id },
    data: { counter: newCounter, lastUsedAt: new Date() },
  })
  return passkey.userId
}

const clientData = z.object({ challenge: z.string().max(100) })

/** The challenge that the browser says it answers; '' for what no browser writes. */
export function challengeOf({ response }: { response: { clientDataJSON: string } }): string {
  try {
    return clientData.parse(JSON.parse(textOf(response.clientDataJSON))).challenge
  } catch {
    return ''
  }
}

const textOf = (base64url: string) => Buffer.from(base64url, 'base64url').toString('utf8')
