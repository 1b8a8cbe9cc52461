import type { Answer, AnswerImage } from '@/lib/upstream/answer'

/** Nobody waits longer for one sentence of upstream's: a mistake there must not stop the studio. */
export const RETRY_AFTER_MAX_S = 5 * 60

/** One key at one upstream. `baseUrl` may carry a path prefix. The key is never logged, thrown or returned. */
export type Upstream = { baseUrl: string; apiKey: string }

/** In milliseconds: opening the connection, first byte of the answer, silence inside the answer, everything. */
export type Timeouts = { connectMs: number; headersMs: number; idleMs: number; totalMs: number }

export type NotSentReason =
  'connection_refused' | 'unreachable' | 'dns' | 'tls' | 'connect_timeout' | 'aborted' | 'local'

export type AmbiguousReason =
  | 'timeout_headers'
  | 'timeout_idle'
  | 'timeout_total'
  | 'reset'
  | 'redirect'
  | 'server_error'
  | 'unexpected_status'
  | 'cut_body'
  | 'malformed'
  | 'too_large'
  | 'spool_failed'
  | 'aborted'

export type BusyReason = 'simultaneous_generation_limit' | 'too_many_requests'

/** What became of one create call. Only `not_sent` and `busy` may ever be sent again. */
export type Outcome =
  /**
   * The whole answer is durable in the spool file; lib/upstream/flamel/answer reads it (and may still find it malformed).
   * `answer` is what was read of it while it came; absent where that has to be done from the spool.
   */
  | { kind: 'created'; status: number; sentAt: Date; receivedAt: Date; answer?: Answer }
  /** Upstream said no. `code` is of lib/upstream/flamel/refusals (`unlisted` when it is none of the published ones); `body` is verbatim. */
  | {
      kind: 'refused'
      status: number
      body: string
      contentType?: string
      code: string
      parameter?: string
      sentAt: Date
      receivedAt: Date
    }
  /** Provably no byte of the request left this machine. */
  | { kind: 'not_sent'; reason: NotSentReason }
  /** Upstream said that it did not take the request; it may be asked again after `retryAfterS`. */
  | { kind: 'busy'; status: number; reason: BusyReason; retryAfterS?: number; sentAt: Date; receivedAt: Date }
  /** Nobody knows whether upstream did it. Never sent again; what came of an answer is kept in the spool. */
  | { kind: 'ambiguous'; reason: AmbiguousReason; status?: number; sentAt: Date }

export type CreateOptions = {
  /** Where the answer is made durable, see lib/upstream/spool. */
  spoolPath: string
  headers: { 'X-Platform'?: string; 'X-Type'?: string }
  signal: AbortSignal
  timeouts?: Partial<Timeouts>
  /** Takes each image while the answer comes. What it took counts only when the outcome has an `answer`. */
  onImage?: (image: AnswerImage) => Promise<void>
  /** Called once, right before the first byte of the request is written. */
  onSent?: (sentAt: Date) => void
}

/** An answer of upstream's that says no, or not now. */
export type Refusal = Extract<Outcome, { kind: 'refused' | 'busy' }>

/** What became of a question that costs nothing and may be asked again. */
export type Reply<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; status: number; code: string; parameter?: string }
  /** This upstream does not have the endpoint: switch the capability off. */
  | { kind: 'unsupported'; status: number }
  | { kind: 'failed'; reason: NotSentReason | AmbiguousReason; status?: number }

export type AskOptions = { signal?: AbortSignal; timeouts?: Partial<Timeouts> }
