/** A refused request: `code` chooses the sentence (`common.errors`), `errors` names the fields. */
export class ApiError extends Error {
  readonly code: string
  readonly status: number
  readonly detail?: string
  readonly errors: { path: string; code: string; message: string }[]
  constructor(status: number, body: { code?: string; detail?: string; errors?: ApiError['errors'] }) {
    super(body.detail ?? body.code ?? String(status))
    this.name = 'ApiError'
    this.status = status
    this.code = body.code ?? 'other'
    this.detail = body.detail
    this.errors = body.errors ?? []
  }
}

/** The request may or may not have arrived: the network gave no answer. Status 0. */
export function hasNoAnswer(error: unknown): boolean {
  return error instanceof ApiError && error.status === 0
}

type Options = { team?: string; headers?: Record<string, string>; signal?: AbortSignal }

async function send<T>(
  method: string,
  path: string,
  body: unknown,
  { team, headers, signal }: Options = {},
): Promise<T> {
  const isForm = body instanceof FormData
  const wasOnline = navigator.onLine
  const response = await fetch(path, {
    method,
    signal,
    headers: {
      ...(team && { 'x-studio-team': team }),
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new ApiError(0, { code: codeWithoutAnswer({ wasOnline, isRead: method === 'GET' }) })
  })
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})))
  // the caller names the resource that this address answers with (lib/<domain>/schema)
  return (response.status === 204 ? undefined : await response.json()) as T
}

/** Only what was asked without a network is known not to have been sent. */
function codeWithoutAnswer({ wasOnline, isRead }: { wasOnline: boolean; isRead: boolean }): string {
  if (!wasOnline) return 'offline'
  return isRead ? 'unavailable' : 'unanswered'
}

/** Our own API for the browser. Throws `ApiError`; status 0 when no answer came. `team` is the slug or id of the page's team. */
export const api = {
  get: <T>(path: string, options?: Options) => send<T>('GET', path, undefined, options),
  post: <T>(path: string, body?: unknown, options?: Options) => send<T>('POST', path, body, options),
  patch: <T>(path: string, body: unknown, options?: Options) => send<T>('PATCH', path, body, options),
  put: <T>(path: string, body: unknown, options?: Options) => send<T>('PUT', path, body, options),
  delete: <T = void>(path: string, options?: Options) => send<T>('DELETE', path, undefined, options),
}

const ANSWER_LIMIT_MS = 10_000

/** For what others wait behind: on a connection that is half dead an answer never comes. */
export const answerLimit = () => AbortSignal.timeout(ANSWER_LIMIT_MS)

const known = [
  'offline',
  'unanswered',
  'unavailable',
  'file_missing',
  'internal',
  'unauthenticated',
  'forbidden',
  'budget_exceeded',
  'origin_mismatch',
  'second_factor_required',
  'not_found',
  'too_large',
  'too_many_requests',
  'validation_failed',
  'queue_draining',
  'no_longer_queued',
  'no_longer_cancelable',
] as const

/** The key of the sentence for an error, under `common.errors`. */
export function errorKey(error: unknown): `errors.${(typeof known)[number] | 'other'}` {
  const code = error instanceof ApiError ? error.code : 'other'
  return `errors.${known.find((name) => name === code) ?? 'other'}`
}
