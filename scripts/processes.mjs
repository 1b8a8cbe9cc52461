// @ts-check
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * A fingerprint of a running process: the same pid handed to another program later has another one.
 * Null when there is no such process, or when it is a zombie.
 * @param {number} pid
 * @returns {string | null}
 */
export function processIdentity(pid) {
  if (!Number.isInteger(pid) || pid <= 1) return null
  return process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid)
}

/** @param {number} pid */
function linuxIdentity(pid) {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (!stat) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startedAtTick] = [fields[0], fields[19]]
  if (state === 'Z' || state === 'X') return null
  return `${pid}:${startedAtTick}:${readOrNull('/proc/sys/kernel/random/boot_id')?.trim()}`
}

/** @param {number} pid */
function psIdentity(pid) {
  try {
    const [state, ...rest] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/)
    return state?.startsWith('Z') ? null : `${pid}:${rest.join(' ')}`
  } catch {
    return null
  }
}

/**
 * The command line of a process, or an empty string when it cannot be read.
 * @param {number} pid
 */
export function commandLine(pid) {
  if (process.platform === 'linux') return (readOrNull(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ')
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/**
 * Ends the very process of that identity, and nothing that got its pid later: `signal`, then SIGKILL after the patience.
 * @param {{ pid: number, identity: string }} target
 * @param {{ signal?: NodeJS.Signals, patienceMs?: number }} [options]
 */
export async function endProcess({ pid, identity }, { signal = 'SIGTERM', patienceMs = 5_000 } = {}) {
  for (const next of [signal, /** @type {const} */ ('SIGKILL')]) {
    if (processIdentity(pid) !== identity) return
    signalIfThere(pid, next)
    await waitUntil(() => processIdentity(pid) !== identity, { timeoutMs: patienceMs })
  }
}

/**
 * Sends a signal; a process that has just gone by itself needs none.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalIfThere(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH'
    if (!isGone) throw error
  }
}

/**
 * Asks every 20 ms; false when the time is over.
 * @param {() => boolean | Promise<boolean>} condition
 * @param {{ timeoutMs: number }} options
 */
export async function waitUntil(condition, { timeoutMs }) {
  const deadline = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > deadline) return false
    await delay(20)
  }
  return true
}

/** @param {string} file */
function readOrNull(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
