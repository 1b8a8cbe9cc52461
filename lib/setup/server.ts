import 'server-only'
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { clientNetwork } from '@/lib/access/address'
import { isLoopbackAddress, isLoopbackHost } from '@/lib/access/origin'
import { refuseForeignChange } from '@/lib/access/server'
import { hashPassword } from '@/lib/account/password'
import { normalEmail } from '@/lib/account/sign-in'
import { beginAttempt } from '@/lib/account/throttle'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { keyFor } from '@/lib/platform/secret'
import type { SetUp, setUpInput } from '@/lib/setup/schema'
import { createTeam } from '@/lib/teams/create'

const SETUP_LOCK = 72707370

type First = { name: string; email: string; password: string; team: string; locale?: string }

/** Whether somebody has set this studio up; until then its pages lead to the set-up. */
export async function isSetUp(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null
}

/**
 * Makes the owner and the team of a studio that has nobody yet. Of two at once exactly one wins, the other gets
 * `setup_done`. Off loopback the code of the console is asked (`setup_code_wrong`).
 */
export async function setUp(input: z.output<typeof setUpInput>, request: Request): Promise<SetUp> {
  refuseForeignChange(request)
  refuseRebinding(request)
  if (await isSetUp()) throw new AppError('setup_done')
  await checkCode(input.code, request)
  return { team: await createFirst(input) }
}

/** Boot: makes the owner of STUDIO_OWNER_EMAIL and _PASSWORD when there is nobody, and prints the code when one is asked. */
export async function ensureOwner(): Promise<void> {
  if (await isSetUp()) return
  const { STUDIO_OWNER_EMAIL: email, STUDIO_OWNER_PASSWORD: password } = env()
  if (email && password) return ensureFirst({ email: normalEmail(email), password })
  if (email || password)
    throw new Error('set STUDIO_OWNER_EMAIL and STUDIO_OWNER_PASSWORD together, or neither.')
  const code = setUpCode()
  if (code) process.stdout.write(`Setup code, asked at the first visit: ${code}\n`)
}

async function ensureFirst({ email, password }: { email: string; password: string }): Promise<void> {
  const name = email.split('@')[0] ?? email
  try {
    await createFirst({ name, email, password, team: 'Studio' })
    log.info('setup.owner_created')
  } catch (error) {
    if (!(await isSetUp())) throw error // otherwise another process was first, which is as good
  }
}

async function createFirst({ team, password, ...person }: First) {
  const passwordHash = await hashPassword(password)
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SETUP_LOCK})`
    if (await tx.user.findFirst({ select: { id: true } })) throw new AppError('setup_done')
    const { name, email, locale } = person
    const user = await tx.user.create({ data: { name, email, locale, passwordHash }, select: { id: true } })
    const { id, slug } = await createTeam(tx, { name: team, ownerId: user.id })
    return { id, slug, name: team }
  })
}

/** The code that the first visitor must know, or null when only this machine reaches the studio. The same in every process. */
export function setUpCode(): string | null {
  if (isLoopbackAddress(env().HOST)) return null
  const digits = createHmac('sha256', keyFor('set-up')).update('code').digest('hex').slice(0, 12)
  return digits.toUpperCase().replace(/(.{4})(?=.)/g, '$1-')
}

async function checkCode(given: string | undefined, request: Request): Promise<void> {
  const code = setUpCode()
  if (!code) return
  const attempt = await beginAttempt({
    email: 'set-up',
    network: clientNetwork(request.headers),
    device: null,
  })
  if (attempt.state === 'wait') throw new AppError('too_many_requests', { retryAfterS: attempt.seconds })
  if (!isSameCode(given ?? '', code)) throw new AppError('setup_code_wrong')
  await attempt.succeeded()
}

function isSameCode(given: string, code: string): boolean {
  const [one, other] = [given, code].map((text) => Buffer.from(text.toUpperCase().replace(/[^0-9A-F]/g, '')))
  return (
    one !== undefined && other !== undefined && one.length === other.length && timingSafeEqual(one, other)
  )
}

/** A page elsewhere whose name was pointed at this machine must not set it up (DNS rebinding). */
function refuseRebinding(request: Request): void {
  if (env().STUDIO_URL || !isLoopbackAddress(env().HOST)) return
  if (!isLoopbackHost(request.headers.get('host') ?? new URL(request.url).host))
    throw new AppError('origin_mismatch')
}
