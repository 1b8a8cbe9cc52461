import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { isDatabaseGone } from '@/lib/db'
import { dropInActor } from '@/lib/drop-in/actor'
import { answerFor, answerForImage } from '@/lib/drop-in/answer'
import { refuse, refuseAs } from '@/lib/drop-in/envelope'
import { joinAbandoned, leave } from '@/lib/drop-in/join'
import { waitForEnd } from '@/lib/drop-in/wait'
import { env } from '@/lib/env'
import { isAppError } from '@/lib/errors'
import { createImageRequest } from '@/lib/flamel/contract'
import { insertGeneration, readHeaders, type NewGeneration } from '@/lib/generations/create'
import { log } from '@/lib/log'
import { processId } from '@/lib/process'
import { readJson } from '@/lib/request-body'
import { startOf } from '@/lib/text/letters'

const RETRY_AFTER = { 'retry-after': '5' }
const BODY_ERRORS: string[] = ['too_large', 'malformed_json', 'unsupported_media_type', 'request_timeout']

/** POST /api/images/create as Flamel publishes it: the same pipeline as every generation, but the request waits for the end. */
export async function createImageDropIn(request: Request): Promise<Response> {
  try {
    const actor = await dropInActor(request, 'generate')
    if (actor instanceof Response) return actor
    const wanted = await readWanted(request)
    if (wanted instanceof Response) return wanted
    return await generate(actor, wanted, request.signal)
  } catch (error) {
    return explain(error)
  }
}

async function generate(actor: Actor, wanted: NewGeneration, signal: AbortSignal): Promise<Response> {
  const generation = (await joinAbandoned(actor, wanted)) ?? (await insertGeneration(actor, wanted))
  const end = await waitForEnd(generation, signal)
  const isAnswered = end.kind !== 'client_gone'
  await leave(generation.id, isAnswered).catch((error: unknown) =>
    log.warn('drop_in.leave_failed', { error }),
  )
  return answerFor(generation.id, end)
}

/** GET /api/images/{id} by upstream's number, from the rows of the key's team: never proxied. */
export async function getImageDropIn(request: Request, id: string): Promise<Response> {
  try {
    const actor = await dropInActor(request, 'read')
    if (actor instanceof Response) return actor
    return (await answerForImage(actor, id)) ?? refuseAs(404, 'no_input_image', startOf(id, 40))
  } catch (error) {
    return explain(error)
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
    dropIn: { waiter: processId(), queueDeadline },
  }
}

function pathOf(issues: { path: PropertyKey[] }[]): string {
  return issues[0]?.path.join('.') || 'body'
}

/** Everything that is not an end of a generation, in Flamel's envelope; a status that clients retry only where nothing was sent. */
function explain(error: unknown): Response {
  if (isAppError(error)) {
    if (error.code === 'not_found') return notFound(error.message)
    if (BODY_ERRORS.includes(error.code))
      return refuse(error.status, `validation_failed (${error.errors?.[0]?.path ?? 'body'})`)
    if (error.code === 'validation_failed')
      return refuse(400, `validation_failed (${error.errors?.[0]?.path ?? 'headers'})`)
    if (error.code === 'forbidden') return refuseAs(403, 'not_logged_in')
    if (error.code === 'file_missing') return refuse(error.status, error.code, RETRY_AFTER)
    return refuse(error.status, error.code)
  }
  if (isDatabaseGone(error)) return refuse(503, 'unavailable', RETRY_AFTER)
  log.error('drop_in.unexpected', { error })
  return refuse(424, 'generation_unknown')
}

function notFound(detail: string): Response {
  const [, parameter] = /^no_input_image \((.*)\)$/.exec(detail) ?? []
  return parameter ? refuseAs(404, 'no_input_image', parameter) : refuse(400, 'validation_failed (groupId)')
}
