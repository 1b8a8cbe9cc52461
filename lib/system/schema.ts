import { z } from 'zod'
import type { MailStatus } from '@/lib/mail/schema'

/** What is provoked at every create until it is taken back; `null` takes it back. */
export const sandboxInput = z.strictObject({
  provoke: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/)
    .nullable()
    .optional(),
  slots: z.number().int().min(1).max(64).nullable().optional(),
  latencyS: z.number().min(0).max(120).nullable().optional(),
  dailyCredit: z.number().min(0).max(1e6).optional(),
})
export type SandboxInput = z.input<typeof sandboxInput>

export type Sandbox = {
  provoked: string | null
  slots: number
  latencyS: number | null
  dailyCredit: number
  refusals: string[]
  faults: string[]
}

/** The last balances seen on one day, in the team's time zone. */
export type BalanceDay = { day: string; defaultCredit: number; dailyCredit: number; monthlyCredit: number }

export type System = {
  upstream: {
    kind: 'sandbox' | 'flamel'
    source: 'environment' | 'server' | 'own' | 'sandbox'
    address: string
    keyProblem: string | null
    checkedAt: string | null
    defaultCredit: number | null
    dailyCredit: number | null
    monthlyCredit: number | null
    seenAt: string | null
  }
  /** The last thirty days on which an answer came. */
  balances: BalanceDay[]
  slots: { total: number; inUse: number }
  /** Of all teams that share the key. */
  queue: { waiting: number; underWay: number; unknown: number }
  /** Of every team: how long the generation waits that waits longest and is not held. */
  longestWaitS: number
  processes: { all: number; dispatchers: number; hasDispatcher: boolean }
  /** Of the process that answers. */
  process: { connections: { inUse: number; total: number }; loopDelayMs: number }
  mail: MailStatus
  storage: { imageBytes: number; imageCount: number; freeBytes: number }
  versions: { studio: string; node: string; postgres: string }
}

/** What became of a test mail to oneself; `problem` is what the mail server said. */
export type MailTest = { to: string; state: 'sent' | 'refused' | 'later'; problem: string | null }
