import 'server-only'
import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/server'
import type { z } from 'zod'
import type { SignedIn } from '@/lib/access/session'
import { makeChallenge, takeChallenge } from '@/lib/account/auth-challenge'
import { challengeOf, placeOf, requirePlace } from '@/lib/account/passkey'
import { db } from '@/lib/platform/db'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { addFactor, removeFactor } from '@/lib/second-factor/change'
import { requireConfirmation, requireConfirmationToAdd } from '@/lib/second-factor/confirmation'
import { selectPasskey, toPasskey } from '@/lib/second-factor/present'
import type {
  addPasskeyInput,
  beginInput,
  confirmedInput,
  NewRecoveryCodes,
  Passkey,
  renamePasskeyInput,
} from '@/lib/second-factor/schema'

const MOST_OF_ONE = 20

/** What a browser needs to make a passkey: one that it finds by itself at sign-in, and that verifies its user. */
export async function beginPasskey(
  session: SignedIn,
  { confirmation }: z.output<typeof beginInput>,
  headers: Headers,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { rpId } = requirePlace(headers)
  await requireConfirmationToAdd(session, confirmation, headers)
  const { id: userId, email, name } = session.person
  const own = await db().passkey.findMany({ where: { userId, rpId }, select: { credentialId: true } })
  const challenge = await makeChallenge('passkey-registration', { userId })
  return generateRegistrationOptions({
    rpName: 'Flamel Studio',
    rpID: rpId,
    userID: new TextEncoder().encode(userId),
    userName: email,
    userDisplayName: name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    excludeCredentials: own.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/**
 * Keeps the passkey that the browser made. Throws `validation_failed` for one that does not prove what it must, `conflict` when
 * this set-up is over or the person has as many as they may, `already_exists`.
 */
export async function addPasskey(
  session: SignedIn,
  { name, response }: z.output<typeof addPasskeyInput>,
  headers: Headers,
): Promise<NewRecoveryCodes> {
  const place = requirePlace(headers)
  const userId = session.person.id
  const challenge = challengeOf(response)
  const begun = await takeChallenge('passkey-registration', challenge)
  if (begun?.userId !== userId)
    throw new AppError('conflict', { detail: 'This set-up is over: begin again.' })
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: place.origin,
    expectedRPID: place.rpId,
    requireUserVerification: true,
  }).catch((error: unknown) => log.debug('passkey.refused', { error }))
  if (!verified?.verified)
    throw new AppError('validation_failed', { detail: 'The passkey could not be verified.' })
  const { id: credentialId, publicKey, counter, transports = [] } = verified.registrationInfo.credential
  const recoveryCodes = await addFactor(session, { act: 'passkey.added', detail: { name } }, async (tx) => {
    const known = await tx.passkey.findMany({
      where: { OR: [{ credentialId }, { userId }] },
      select: { credentialId: true },
    })
    if (known.some((passkey) => passkey.credentialId === credentialId)) throw new AppError('already_exists')
    if (known.length >= MOST_OF_ONE)
      throw new AppError('conflict', { detail: `${MOST_OF_ONE} passkeys are the most.` })
    await tx.passkey.create({
      data: {
        ...{ userId, name, credentialId, counter, transports, rpId: place.rpId },
        publicKey: new Uint8Array(publicKey),
      },
    })
  })
  return { recoveryCodes }
}

/** Throws `not_found` for a passkey that is not theirs. */
export async function renamePasskey(
  { person }: SignedIn,
  id: string,
  { name }: z.output<typeof renamePasskeyInput>,
  headers: Headers,
): Promise<Passkey> {
  const [row] = await db().passkey.updateManyAndReturn({
    where: { id, userId: person.id },
    data: { name },
    select: selectPasskey,
  })
  if (!row) throw new AppError('not_found')
  return toPasskey(row, placeOf(headers))
}

/** Throws `not_found` for a passkey that is not theirs, and as `requireConfirmation` does. */
export async function removePasskey(
  session: SignedIn,
  id: string,
  { confirmation }: z.output<typeof confirmedInput>,
  headers: Headers,
): Promise<void> {
  const where = { id, userId: session.person.id }
  const passkey = await db().passkey.findFirst({ where, select: { name: true } })
  if (!passkey) throw new AppError('not_found')
  await requireConfirmation(session, confirmation, headers)
  await removeFactor(session, { act: 'passkey.removed', detail: { name: passkey.name } }, async (tx) => {
    const { count } = await tx.passkey.deleteMany({ where })
    if (count === 0) throw new AppError('not_found')
  })
}
