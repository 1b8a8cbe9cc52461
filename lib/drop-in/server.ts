import 'server-only'
import type { Actor } from '@/lib/access/actor'
import { dropInActor } from '@/lib/drop-in/actor'
import { answerFor, answerForImage, answerStored } from '@/lib/drop-in/answer'
import { withCors } from '@/lib/drop-in/cors'
import { refuse, refuseAs, RETRY_AFTER } from '@/lib/drop-in/envelope'
import { answerForMe } from '@/lib/drop-in/me'
import { waitForEnd, type End } from '@/lib/drop-in/wait'
import { whenStored } from '@/lib/generations/answers'
import { cancelWhereQueued } from '@/lib/generations/cancel'
import { insertGeneration, readHeaders, type NewGeneration } from '@/lib/generations/create'
import { isTakenMeanwhile, noteDelivery, redeliver } from '@/lib/generations/unanswered'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { env } from '@/lib/platform/env'
import { isAppError, type AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { readJson } from '@/lib/platform/request-body'
import { startOf } from '@/lib/text/letters'
import { createImageRequest } from '@/lib/upstream/schema'

const BODY_ERRORS: string[] = ['too_large', 'malformed_json', 'unsupported_media_type', 'request_timeout']

/** An answer to be sent; without a generation it is all there is. */
export type Delivery = {
  response: Response
  /** Its last byte waits for this; false: the answer must be broken off. Never rejects. */
  isCommitted?: Promise<boolean>
  /** To be called once it is known whether the client took all of it. */
  settle?: (isTaken: boolean | Promise<boolean>) => Promise<void>
}

/** POST /api/images/create as Flamel publishes it: the same pipeline as every generation, but the request waits for the end. */
export async function createImage(request: Request): Promise<Delivery> {
  const delivery = await tryCreate(request)
  withCors(request, delivery.response)
  return delivery
}

async function tryCreate(request: Request): Promise<Delivery> {
  try {
    const actor = await dropInActor(request, 'generate')
    if (actor instanceof Response) return { response: actor }
    const wanted = await readWanted(request)
    if (wanted instanceof Response) return { response: wanted }
    return await generate(actor, wanted, request.signal)
  } catch (error) {
    return { response: explain(error) }
  }
}

/** The same where nobody sees the connection: the answer counts as taken when its stream was read to the end. */
export async function createImageDropIn(request: Request): Promise<Response> {
  const { response, isCommitted, settle } = await createImage(request)
  return settle ? new Response(settledStream(response, { isCommitted, settle }), response) : response
}

async function generate(actor: Actor, wanted: NewGeneration, signal: AbortSignal): Promise<Delivery> {
  if (signal.aborted) return { response: refuse(499, 'client_gone') }
  const { isJoined = false, ...generation } = await insertGeneration(actor, wanted)
  if (await isTakenMeanwhile(generation)) return generate(actor, wanted, signal)
  const settle = (isTaken: boolean | Promise<boolean>) => settleDelivery(generation.id, isTaken)
  const ending = waitForEnd(generation, signal)
  const { answer, forget } = whenStored(generation.id)
  const stored = await Promise.race([answer, ending.then(() => null)]).finally(forget)
  if (stored) {
    const isCommitted = isWrittenDown(ending, { isJoined, signal })
    return { response: await answerStored(generation, stored), isCommitted, settle }
  }
  const end = await ending
  const wasLeftByAnother = end.kind === 'ended' && end.generation.statusReason === 'client_gone'
  if (wasLeftByAnother && !signal.aborted) return generate(actor, wanted, signal)
  if (end.kind === 'ended' && !(await redeliver(end.generation, isJoined)))
    return generate(actor, wanted, signal)
  if (end.kind === 'client_gone') await leave(generation.id)
  return { response: await answerFor(generation.id, end), settle }
}

/** Whether a success that goes out already was committed, or is sure in the spool while the database stays away. */
async function isWrittenDown(
  ending: Promise<End>,
  { isJoined, signal }: { isJoined: boolean; signal: AbortSignal },
): Promise<boolean> {
  try {
    const end = await ending
    if (end.kind === 'ended' && !signal.aborted) await redeliver(end.generation, isJoined)
    return end.kind === 'spooled' || (end.kind === 'ended' && end.generation.status === 'succeeded')
  } catch (error) {
    log.error('drop_in.unexpected', { error })
    return false
  }
}

const settleDelivery = (id: string, isTaken: boolean | Promise<boolean>) =>
  noteDelivery(id, isTaken).catch((error: unknown) => log.warn('drop_in.delivery_not_noted', { id, error }))

/** The break is noted before the queue is looked at: a call that comes back there later is taken out as it comes (settle.ts). */
async function leave(id: string): Promise<void> {
  await settleDelivery(id, false)
  await cancelWhereQueued(id, 'client_gone').catch((error: unknown) =>
    log.warn('drop_in.not_taken_back', { id, error }),
  )
}

function settledStream(
  response: Response,
  { isCommitted, settle }: Required<Pick<Delivery, 'settle'>> & Pick<Delivery, 'isCommitted'>,
): ReadableStream {
  const reader = response.body?.getReader()
  return new ReadableStream({
    async pull(controller) {
      const piece = await reader?.read()
      if (piece?.value) return controller.enqueue(piece.value)
      if ((await isCommitted) === false) throw new Error('The answer was not committed.')
      await settle(true)
      controller.close()
    },
    async cancel(reason) {
      await settle(false)
      await reader?.cancel(reason)
    },
  })
}

/** GET /api/images/{id} by upstream's number, from the rows of the key's team: never proxied. */
export function getImageDropIn(request: Request, id: string): Promise<Response> {
  return read(
    request,
    async (actor) => (await answerForImage(actor, id)) ?? refuseAs(404, 'no_input_image', startOf(id, 40)),
  )
}

/** GET /api/users/me: the balances, and nothing of whoever owns the account. */
export function getMeDropIn(request: Request): Promise<Response> {
  return read(request, answerForMe)
}

/** For an address that Flamel's published contract does not name. */
export const noSuchDropInRoute = (request: Request): Response => withCors(request, refuse(404, 'not_found'))

async function read(request: Request, answer: (actor: Actor) => Promise<Response>): Promise<Response> {
  try {
    const actor = await dropInActor(request, 'read')
    return withCors(request, actor instanceof Response ? actor : await answer(actor))
  } catch (error) {
    return withCors(request, explain(error))
  }
}

/** The request as it goes into the queue, or the refusal of a body that upstream would not take either. */
async function readWanted(request: Request): Promise<NewGeneration | Response> {
  const parsed = createImageRequest.safeParse(await readJson(request))
  if (!parsed.success) return refuse(400, `validation_failed (${pathOf(parsed.error.issues)})`)
  const queueDeadline = new Date(Date.now() + env().STUDIO_QUEUE_WAIT_S * 1_000)
  return {
    request: parsed.data,
    ...readHeaders(request.headers),
    dropIn: { queueDeadline },
  }
}

function pathOf(issues: { path: PropertyKey[] }[]): string {
  return issues[0]?.path.join('.') || 'body'
}

/** Everything that is not an end of a generation, in Flamel's envelope; a status that clients retry only where nothing was sent. */
function explain(error: unknown): Response {
  if (isAppError(error)) return explainKnown(error)
  if (isDatabaseGone(error)) return refuse(503, 'unavailable', RETRY_AFTER)
  log.error('drop_in.unexpected', { error })
  return refuse(424, 'generation_unknown')
}

function explainKnown(error: AppError): Response {
  if (error.code === 'not_found') return notFound(error.message)
  if (BODY_ERRORS.includes(error.code))
    return refuse(error.status, `validation_failed (${error.errors?.[0]?.path ?? 'body'})`)
  if (error.code === 'validation_failed')
    return refuse(400, `validation_failed (${error.errors?.[0]?.path ?? 'headers'})`)
  if (error.code === 'budget_exceeded') return refuseForBudget(error.extension?.layer)
  if (error.code === 'forbidden') return refuseAs(403, 'not_logged_in')
  if (error.code === 'file_missing') return refuse(error.status, error.code, RETRY_AFTER)
  return refuse(error.status, error.code, waitOf(error))
}

const waitOf = ({ retryAfterS }: AppError): Record<string, string> =>
  retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }

/** As if the account had nothing left; the header says that it is a budget of the Studio, and whose. */
function refuseForBudget(layer: unknown): Response {
  const response = refuseAs(403, 'not_enough_credit')
  response.headers.set('x-studio-budget', String(layer))
  return response
}

function notFound(detail: string): Response {
  const [, parameter] = /^no_input_image \((.*)\)$/.exec(detail) ?? []
  return parameter ? refuseAs(404, 'no_input_image', parameter) : refuse(400, 'validation_failed (groupId)')
}
