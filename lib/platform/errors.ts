/** Every code of ours: the HTTP status that it answers, and what it means where nothing more is said. Upstream's own live in lib/upstream/flamel/refusals. */
const codes = {
  validation_failed: [422, 'Some fields are not valid.'],
  malformed_json: [400, 'The body is not JSON.'],
  unauthenticated: [401, 'Sign in, or send an API key that is valid.'],
  invalid_credentials: [401, 'What was sent does not sign anybody in.'],
  forbidden: [403, 'The role of the person or the permissions of the API key do not allow it.'],
  budget_exceeded: [403, 'A budget of this Studio does not cover it.'],
  origin_mismatch: [403, 'It comes from a page of another origin.'],
  second_factor_required: [403, 'The team takes only people with two-step sign-in.'],
  confirmation_required: [403, 'Confirm first that it is you: sign in again.'],
  not_found: [404, 'There is no such thing, or not for the caller.'],
  method_not_allowed: [405, 'This address does not know the method.'],
  request_timeout: [408, 'The body did not come in time.'],
  conflict: [409, 'It does not fit what is there by now.'],
  already_exists: [409, 'There is one already.'],
  too_large: [413, 'The body is too large.'],
  unsupported_media_type: [415, 'The body is of a type that is not taken.'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used for another request.'],
  no_longer_cancelable: [409, 'It is under way or has ended.'],
  not_unknown: [409, 'Its end is known already.'],
  not_dismissible: [409, 'It is under way, succeeded, or nobody knows how it ended.'],
  no_longer_queued: [409, 'It is no longer in the queue.'],
  last_owner: [409, 'A team keeps at least one owner.'],
  heir_invalid: [409, 'That person cannot take it over.'],
  setup_done: [409, 'The Studio is set up already.'],
  setup_code_wrong: [403, 'The set-up code is another one.'],
  invitation_invalid: [410, 'The invitation was used, revoked or has expired.'],
  link_invalid: [410, 'The link was used, replaced or has expired.'],
  mail_off: [409, 'This Studio sends no mail.'],
  upstream_off: [409, 'The team’s connection does not offer that.'],
  upstream_refused: [422, 'Flamel refused it.'],
  too_many_requests: [429, 'Too many at once: wait.'],
  unavailable: [503, 'It cannot be answered just now.'],
  file_missing: [503, 'A file cannot be read just now.'],
  queue_draining: [503, 'An admin takes no new generations for now.'],
  internal: [500, 'Something went wrong on the server. It has been logged.'],
} as const

export type ErrorCode = keyof typeof codes

/** What is wrong with one field: `path` in dots, `message` for developers, `code` for the reader's sentence. */
export type FieldError = { path: string; code: string; message: string }

type Details = {
  detail?: string
  errors?: FieldError[]
  cause?: unknown
  retryAfterS?: number
  /** Further members of the problem (RFC 9457 §3.2). */
  extension?: Record<string, unknown>
}

/** An error the caller can act on. Told apart by `code` (never `instanceof`: Next loads this class several times). */
export class AppError extends Error {
  readonly isAppError = true
  readonly code: ErrorCode
  readonly status: number
  readonly errors?: FieldError[]
  readonly retryAfterS?: number
  readonly extension?: Record<string, unknown>
  constructor(code: ErrorCode, { detail, errors, cause, retryAfterS, extension }: Details = {}) {
    const [status, meaning] = codes[code]
    super(detail ?? meaning, { cause })
    this.name = 'AppError'
    this.code = code
    this.status = status
    this.errors = errors
    this.retryAfterS = retryAfterS
    this.extension = extension
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && 'isAppError' in error
}
