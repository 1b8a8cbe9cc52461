// @ts-check
import { setTimeout as delay } from 'node:timers/promises'
import { migrate } from './migrate.mjs'
import { Refusal } from './steps.mjs'

const RETRY_MS = 500
/** Starting up, shutting down, too many connections; a pooler that cannot log in says 08P01. */
const LATER = /^(57P0[1-5]|53300|08...)$/
const NOT_THERE =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/

/**
 * Brings the database up to date once it answers: one that is starting or not there yet is waited for.
 * @param {string} url
 * @param {{ waitS: number }} options
 */
export async function migrateWhenReachable(url, { waitS }) {
  const deadline = performance.now() + waitS * 1_000
  let isTold = false
  for (;;) {
    try {
      return await migrate(url)
    } catch (error) {
      const problem = /** @type {Error & { code?: string }} */ (error)
      if (!isPassing(problem) || performance.now() > deadline) throw new Refusal(sentenceFor(url, problem))
      if (!isTold)
        console.log(`  waiting for the database at ${hostOf(url)} (${problem.code ?? problem.message}) …`)
      isTold = true
      await delay(RETRY_MS)
    }
  }
}

/** @param {Error & { code?: string }} error */
function isPassing({ code = '', message }) {
  if (/unsupported startup parameter|no such database/.test(message)) return false
  return LATER.test(code) || NOT_THERE.test(code) || /terminated|timeout/i.test(message)
}

/**
 * @param {string} url
 * @param {Error & { code?: string }} error PostgreSQL's own codes have five characters; a network's are words
 */
function sentenceFor(url, error) {
  const isAnswer = /^[0-9A-Z]{5}$/.test(error.code ?? '') || error.message.startsWith('The ')
  if (isAnswer) return `The database at ${hostOf(url)} cannot be used: ${error.message}`
  return `The database at ${hostOf(url)} cannot be reached (${error.code ?? error.message}): check DATABASE_URL.`
}

/** @param {string} url */
function hostOf(url) {
  const { hostname, port } = new URL(url)
  return `${hostname}:${port || 5432}`
}
