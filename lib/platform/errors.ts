/** Every code of ours with the HTTP status it answers; upstream's own codes live in lib/upstream/flamel/refusals. */
const statuses = {
  validation_failed: 422,
  malformed_json: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  forbidden: 403,
  budget_exceeded: 403,
  origin_mismatch: 403,
  second_factor_required: 403,
  confirmation_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  already_exists: 409,
  too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  no_longer_cancelable: 409,
  not_unknown: 409,
  not_dismissible: 409,
  no_longer_queued: 409,
  last_owner: 409,
  heir_invalid: 409,
  setup_done: 409,
  setup_code_wrong: 403,
  invitation_invalid: 410,
  link_invalid: 410,
  mail_off: 409,
  upstream_off: 409,
  upstream_refused: 422,
  too_many_requests: 429,
  unavailable: 503,
  file_missing: 503,
  queue_draining: 503,
  internal: 500,
} as const

export type ErrorCode = keyof typeof statuses

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
    super(detail ?? code, { cause })
    this.name = 'AppError'
    this.code = code
    this.status = statuses[code]
    this.errors = errors
    this.retryAfterS = retryAfterS
    this.extension = extension
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && 'isAppError' in error
}
