import 'server-only'
import type { z } from 'zod'
import type { Actor } from '@/lib/access/actor'
import type { Scope } from '@/lib/access/roles'
import { requireActor, requireActorIn, requirePerson } from '@/lib/access/server'
import type { SignedIn } from '@/lib/access/session'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { AppError, isAppError, type FieldError } from '@/lib/platform/errors'
import { catchUp } from '@/lib/platform/events'
import { log } from '@/lib/platform/log'
import { readJson, refuseBadText } from '@/lib/platform/request-body'

/** For what cannot be answered just now and does not say itself when to come back. */
const RETRY_AFTER_S = 5

type Schema = z.ZodType
type Parsed<S extends Schema | undefined> = S extends Schema ? z.infer<S> : undefined
type Context = { params: Promise<Record<string, string | string[] | undefined>> }

type Options<I extends Schema | undefined, Q extends Schema | undefined> = {
  input?: I
  query?: Q
  maxBytes?: number
}

type Call<I extends Schema | undefined, Q extends Schema | undefined> = {
  request: Request
  params: Record<string, string>
  input: Parsed<I>
  query: Parsed<Q>
}

type Handler = (request: Request, context: Context) => Promise<Response>

/** A signed-in route: actor → parse → handle → JSON, or problem+json (RFC 9457). `undefined` answers 204. */
export function route<I extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  options: Options<I, Q> & { scope: Scope },
  handle: (call: Call<I, Q> & { actor: Actor }) => Promise<unknown>,
): Handler {
  return adapt(async (request, params) => {
    const actor = await requireActor(request, { scope: options.scope })
    return handle({ actor, ...(await parse(request, params, options)) })
  })
}

/** The same for the team that `[id]` names. */
export function teamRoute<I extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  options: Options<I, Q> & { scope: Scope },
  handle: (call: Call<I, Q> & { actor: Actor }) => Promise<unknown>,
): Handler {
  return adapt(async (request, params) => {
    const actor = await requireActorIn(request, idIn(params), { scope: options.scope })
    return handle({ actor, ...(await parse(request, params, options)) })
  })
}

/** The same for what concerns a signed-in person in whatever team; API keys are nobody's person. */
export function personRoute<
  I extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
>(options: Options<I, Q>, handle: (call: Call<I, Q> & { session: SignedIn }) => Promise<unknown>): Handler {
  return adapt(async (request, params) => {
    const session = await requirePerson(request)
    return handle({ session, ...(await parse(request, params, options)) })
  })
}

/** The same without an actor, for what anybody may ask. */
export function publicRoute<
  I extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
>(options: Options<I, Q>, handle: (call: Call<I, Q>) => Promise<unknown>): Handler {
  return adapt(async (request, params) => handle(await parse(request, params, options)))
}

function adapt(answer: (request: Request, params: Record<string, string>) => Promise<unknown>): Handler {
  return async (request, context) => {
    try {
      const value = await answer(request, flatten(await context.params))
      if (request.method !== 'GET' && request.method !== 'HEAD') await catchUp()
      if (value instanceof Response) return value
      return value === undefined ? new Response(null, { status: 204 }) : json(value)
    } catch (error) {
      return problem(error)
    }
  }
}

async function parse<I extends Schema | undefined, Q extends Schema | undefined>(
  request: Request,
  params: Record<string, string>,
  { input, query, maxBytes }: Options<I, Q>,
): Promise<Call<I, Q>> {
  const search = Object.fromEntries(new URL(request.url).searchParams)
  if (query) refuseBadText(search)
  return {
    request,
    params,
    query: (query ? check(query, search) : undefined) as Parsed<Q>, // undefined exactly when Q is
    input: (input ? check(input, await readJson(request, { maxBytes })) : undefined) as Parsed<I>, // the same for I
  }
}

/** The id of one row from the address; anything but a UUID cannot be one: `not_found`. */
export function idIn(params: Record<string, string>, name = 'id'): string {
  const id = params[name] ?? ''
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new AppError('not_found')
  return id.toLowerCase()
}

/** 201 with Location for what was made. */
export function created(location: string, body: unknown): Response {
  return Response.json(body, { status: 201, headers: { location, 'cache-control': 'no-store' } })
}

/** 202 with Location for what was accepted and goes on by itself. */
export function accepted(location: string, body: unknown): Response {
  return Response.json(body, { status: 202, headers: { location, 'cache-control': 'no-store' } })
}

/** Parses with zod; throws `validation_failed` naming every field. */
export function check<S extends Schema>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError('validation_failed', {
    detail: 'Some fields are not valid.',
    errors: fieldErrors(parsed.error),
  })
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: issue.code,
    message: issue.message,
  }))
}

/** For an address of the API that no route answers. */
export function noSuchRoute({ method, url }: Pick<Request, 'method' | 'url'>): Response {
  return problem(new AppError('not_found', { detail: `The API has no ${method} ${new URL(url).pathname}.` }))
}

/** Any error as problem+json. What is not ours becomes `internal`; its details go to the log only. */
export function problem(error: unknown): Response {
  const known = isAppError(error) ? error : isDatabaseGone(error) ? databaseAway(error) : unexpected(error)
  const body = {
    ...known.extension,
    type: `urn:flamel-studio:error:${known.code}`,
    title: known.code.replaceAll('_', ' '),
    status: known.status,
    code: known.code,
    detail: known.message,
    ...(known.errors && { errors: known.errors }),
  }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const retryAfterS = known.retryAfterS ?? (known.status === 503 ? RETRY_AFTER_S : undefined)
  if (retryAfterS) headers.set('retry-after', String(retryAfterS))
  return new Response(JSON.stringify(body), { status: known.status, headers })
}

function databaseAway(error: unknown): AppError {
  log.warn('http.database_away', { error })
  return new AppError('unavailable', { detail: 'The database does not answer just now.', cause: error })
}

function unexpected(error: unknown): AppError {
  log.error('http.unexpected', { error })
  return new AppError('internal', {
    detail: 'Something went wrong on the server. It has been logged.',
    cause: error,
  })
}

/** Not compressed: Next 16.4 drops `content-encoding` from a route's answer, and what is left is unreadable. */
const json = (value: unknown) => Response.json(value, { headers: { 'cache-control': 'no-store' } })

function flatten(params: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value]) => [name, [value].flat().join('/')]),
  )
}
