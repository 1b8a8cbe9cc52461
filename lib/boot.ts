import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { answerDatabaseAway, noteRequestError } from '@/lib/access/database-away'
import { endEventStreams } from '@/lib/access/event-stream'
import { answerLinkRequests } from '@/lib/account/link-requests'
import { startBackups } from '@/lib/backup/background'
import { startAccountRefresh } from '@/lib/credits/background'
import { answerDropIn } from '@/lib/drop-in/deliver'
import { startKeptAnswers } from '@/lib/generations/background'
import { startDispatcher, type Dispatcher } from '@/lib/generations/pipeline/dispatcher'
import { recoverSpools } from '@/lib/generations/pipeline/recover'
import { answerImage } from '@/lib/images/answer'
import { startThumbnails } from '@/lib/images/background'
import { startMail } from '@/lib/mail/background'
import { isMailOn } from '@/lib/mail/server'
import type { Background } from '@/lib/platform/background-loop'
import { logConsole } from '@/lib/platform/console-lines'
import { demandOwnDirectory, startPulse } from '@/lib/platform/data-directory'
import { isDatabaseGone } from '@/lib/platform/database-errors'
import { databaseUrl, db, demandUtc } from '@/lib/platform/db'
import { beginDraining } from '@/lib/platform/draining'
import { env } from '@/lib/platform/env'
import { renameConnection, startListening, stopListening } from '@/lib/platform/events'
import { observeRequest } from '@/lib/platform/http-observer'
import { joinNodes, leaveNodes, tellNodes, type NodeRole } from '@/lib/platform/nodes'
import { log } from '@/lib/platform/log'
import { startProcessMetrics } from '@/lib/platform/metrics'
import { connectionName } from '@/lib/platform/process'
import { demandStore } from '@/lib/platform/store-check'
import { startClearing } from '@/lib/retention/background'
import { ensureOwner } from '@/lib/setup/server'
import { startAlerts, startPlannerStatistics } from '@/lib/system/background'
import { answerOperations } from '@/lib/system/operations'
import { serverAccountId } from '@/lib/upstream/server'
import { startUsage } from '@/lib/usage/background'

const RETRY_MS = 500

/** What the server (scripts/serve) runs the studio with. */
export type Studio = {
  state: 'ready'
  /** Runs the work of a request so that lines of the log know it, and measures its answer. */
  observe: (request: IncomingMessage, response: ServerResponse, work: () => void) => void
  /** From now on what the framework says is in the log; for production. */
  logConsole: () => void
  /** Answers ahead of Next; false leaves the request to Next. */
  answer: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>
  /** Answers what a process without pages answers too: lib/system/operations. */
  answerOperations: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Is not ready any more and claims no more calls: other processes take what is queued. */
  drain: () => Promise<{ inFlight: number }>
  /** Ends event streams; the browsers come back, to another process if there is one. */
  closeStreams: () => void
  /** Waits for the calls under way, then closes the database. */
  stop: () => Promise<void>
}

/** Starts everything that runs beside requests. A failure is one sentence for the operator, never an exception. */
export async function boot(): Promise<Studio | { state: 'failed'; sentence: string }> {
  try {
    return await start()
  } catch (error) {
    log.error('boot.failed', { error })
    return { state: 'failed', sentence: sentenceFor(error) }
  }
}

async function start(): Promise<Studio> {
  startProcessMetrics()
  const isDispatcher = env().STUDIO_DISPATCHER === 'on'
  databaseUrl()
  const stopPulse = await startPulse() // before others can see that this process is connected
  const prepare = async () => {
    await startListening(connectionName(isDispatcher))
    await demandUtc()
    await demandStore()
    await demandOwnDirectory()
    await joinNodes(roleOf(isDispatcher))
    await serverAccountId()
    await ensureOwner()
  }
  await whenReachable(prepare).catch(async (error: unknown) => {
    await leaveNodes().catch(() => undefined) // nobody to tell: the database is what is missing
    await stopPulse()
    throw error
  })
  Reflect.set(globalThis, Symbol.for('flamel-studio.request-error'), noteRequestError)
  const dispatcher = isDispatcher ? startDispatcher() : undefined
  const background = isDispatcher
    ? [
        startAccountRefresh(),
        startThumbnails(),
        startKeptAnswers(),
        startClearing(recoverSpools),
        startUsage(),
        startAlerts(),
        startPlannerStatistics(),
        ...(env().BACKUP_DIR ? [startBackups()] : []),
        ...(isMailOn() ? [startMail(answerLinkRequests)] : []),
      ]
    : []
  return {
    state: 'ready',
    observe: observeRequest,
    logConsole,
    answerOperations,
    answer: (request, response) =>
      answerOperations(request, response) ||
      answerImage(request, response) ||
      answerDropIn(request, response) ||
      answerDatabaseAway(request, response),
    drain: async () => {
      beginDraining()
      const underWay = dispatcher?.drain() ?? { inFlight: 0 }
      const retire = Promise.all([renameConnection(connectionName(false)), tellNodes()])
      await retire.catch((error: unknown) => log.warn('boot.rename_failed', { error }))
      return underWay
    },
    closeStreams: endEventStreams,
    stop: async () => {
      await stop(dispatcher, background)
      await stopPulse()
    },
  }
}

/** A worker is told by its command line that it has no pages (scripts/serve). */
function roleOf(isDispatcher: boolean): NodeRole {
  if (process.argv.includes('--worker')) return 'worker'
  return isDispatcher ? 'both' : 'web'
}

/** A database that is starting, or away for a moment, is waited for; everything in `prepare` may be repeated. */
async function whenReachable(prepare: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + env().DATABASE_WAIT_S * 1_000
  for (;;) {
    try {
      return await prepare()
    } catch (error) {
      if (!isDatabaseGone(error) || Date.now() > deadline) throw error
      log.warn('boot.waits_for_database', { error })
      await stopListening()
      await delay(RETRY_MS)
    }
  }
}

async function stop(dispatcher: Dispatcher | undefined, background: Background[]): Promise<void> {
  await dispatcher?.finished()
  await Promise.all(background.map((one) => one.stop()))
  await leaveNodes().catch((error: unknown) => log.warn('boot.leave_failed', { error }))
  await stopListening()
  await db().$disconnect()
}

function sentenceFor(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `The studio could not start: ${reason}`
}
