import 'server-only'
import { sweepKeptAnswers } from '@/lib/generations/pipeline/unread'
import { startLoop, type Background } from '@/lib/platform/background-loop'

const EVERY_MS = 60_000

/** Reads kept answers again, at the start and every minute, beside the dispatcher: they may be large, and nobody's claim waits for them. */
export function startKeptAnswers(): Background {
  return startLoop({ name: 'kept_answers', waitMs: EVERY_MS, work: () => sweepKeptAnswers() })
}
