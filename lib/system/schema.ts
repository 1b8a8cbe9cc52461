import { z } from 'zod'
import { backupStatusResource } from '@/lib/backup/schema'
import { mailStatusResource } from '@/lib/mail/schema'

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

export const sandboxResource = z.object({
  provoked: z.string().nullable(),
  slots: z.number(),
  latencyS: z.number().nullable(),
  dailyCredit: z.number(),
  refusals: z.array(z.string()),
  faults: z.array(z.string()),
})
export type Sandbox = z.infer<typeof sandboxResource>

/** The last balances seen on one day, in the team's time zone. */
export const balanceDayResource = z.object({
  day: z.string(),
  defaultCredit: z.number(),
  dailyCredit: z.number(),
  monthlyCredit: z.number(),
})
export type BalanceDay = z.infer<typeof balanceDayResource>

/** One process of the studio, on whatever machine. `gone`: it went without a word, as a machine does that loses its power. */
export const nodeResource = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(['web', 'worker', 'both']),
  version: z.string(),
  state: z.enum(['ready', 'draining', 'gone']),
  isOwn: z.boolean(),
  /** Calls that it has claimed. */
  underWay: z.number(),
  loopDelayMs: z.number(),
  /** How long it takes until it hears what another process announces. */
  eventDelayMs: z.number(),
  seenAt: z.iso.datetime(),
  startedAt: z.iso.datetime(),
})
export type Node = z.infer<typeof nodeResource>

export const systemResource = z.object({
  upstream: z.object({
    kind: z.enum(['sandbox', 'flamel']),
    source: z.enum(['environment', 'server', 'own', 'sandbox']),
    address: z.string(),
    keyProblem: z.string().nullable(),
    checkedAt: z.iso.datetime().nullable(),
    defaultCredit: z.number().nullable(),
    dailyCredit: z.number().nullable(),
    monthlyCredit: z.number().nullable(),
    seenAt: z.iso.datetime().nullable(),
  }),
  /** The last thirty days on which an answer came. */
  balances: z.array(balanceDayResource),
  slots: z.object({ total: z.number(), inUse: z.number() }),
  /** Of all teams that share the key. */
  queue: z.object({ waiting: z.number(), underWay: z.number(), unknown: z.number() }),
  /** Of every team: how long the generation waits that waits longest and is not held. */
  longestWaitS: z.number(),
  processes: z.object({ all: z.number(), dispatchers: z.number(), hasDispatcher: z.boolean() }),
  nodes: z.array(nodeResource),
  /** Of the process that answers. */
  process: z.object({
    connections: z.object({ inUse: z.number(), total: z.number() }),
    loopDelayMs: z.number(),
  }),
  mail: mailStatusResource,
  backup: backupStatusResource,
  storage: z.object({
    imageBytes: z.number(),
    imageCount: z.number(),
    freeBytes: z.number(),
    /** Where the bytes are; null is the disk of the server. */
    objectStore: z.object({ address: z.string(), isReachable: z.boolean() }).nullable(),
  }),
  versions: z.object({ studio: z.string(), node: z.string(), postgres: z.string() }),
})
export type System = z.infer<typeof systemResource>

/** What became of a test mail to oneself; `problem` is what the mail server said. */
export const mailTestResource = z.object({
  to: z.string(),
  state: z.enum(['sent', 'refused', 'later']),
  problem: z.string().nullable(),
})
export type MailTest = z.infer<typeof mailTestResource>
