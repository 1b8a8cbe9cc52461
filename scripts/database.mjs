// @ts-check
import { setTimeout as delay } from 'node:timers/promises'
import { migrate } from './migrate.mjs'
import { Refusal } from './steps.mjs'

const RETRY_MS = 500
/** Starting up, shutting down, too many connections, a copy that takes over soon; a pooler that cannot log in says 08P01. */
const LATER = /^(57P0[1-5]|25006|53300|08...)$/
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
      const problem = /** @type {Problem} */ (error)
      if (!isPassing(problem) || performance.now() > deadline) throw new Refusal(sentenceFor(url, problem))
      if (!isTold)
        console.log(`  waiting for the database at ${hostOf(url)} (${problem.code ?? problem.message}) …`)
      isTold = true
      await delay(RETRY_MS)
    }
  }
}

/** @typedef {Error & { code?: string, syscall?: string, path?: string }} Problem */

/**
 * The same for a command, which does not wait.
 * @param {string} url
 */
export async function migrateNow(url) {
  return migrate(url).catch((error) => {
    throw new Refusal(sentenceFor(url, error))
  })
}

/** @param {Problem} error */
function isPassing({ code = '', syscall, message }) {
  if (/unsupported startup parameter|no such database/.test(message) || syscall === 'open') return false
  return LATER.test(code) || NOT_THERE.test(code) || /terminated|timeout/i.test(message)
}

/**
 * @param {string} url
 * @param {Problem} error PostgreSQL's own codes have five characters; a network's are words
 */
function sentenceFor(url, error) {
  const { code = '', message } = error
  const mended = [...CURES].find(([sign]) => sign.test(`${code} ${message}`))?.[1]
  if (error.syscall === 'open')
    return `The file ${error.path} that DATABASE_URL names cannot be read (${code}).`
  const isAnswer = /^[0-9A-Z]{5}$/.test(code) || message.startsWith('The ')
  if (isAnswer || mended)
    return `The database at ${hostOf(url)} cannot be used: ${message}${mended ? `; ${mended}` : ''}`
  return `The database at ${hostOf(url)} cannot be reached (${code || message}): check DATABASE_URL.`
}

/** What mends a connection that TLS or its absence prevents. */
const CURES = new Map([
  [/^ERR_TLS_CERT_ALTNAME_INVALID/, 'its certificate is for another name: write that one in DATABASE_URL.'],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)/, 'renew its certificate.'],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+)/,
    'nobody whom sslrootcert names signed its certificate: add sslrootcert=/path/to/ca.pem to DATABASE_URL.',
  ],
  [/does not support SSL/, 'leave sslmode out of DATABASE_URL, or turn TLS on there.'],
  [/^28000.*(no encryption|SSL off)/, 'add sslmode=require to DATABASE_URL.'],
])

/** @param {string} url */
function hostOf(url) {
  const { hostname, port } = new URL(url)
  return `${hostname}:${port || 5432}`
}
