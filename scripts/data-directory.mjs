// @ts-check
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { processIdentity } from './processes.mjs'
import { Refusal } from './steps.mjs'

/**
 * Makes the data directory, closed to others, and proves that it can be written.
 * @param {string} dataDir
 */
export function openDataDirectory(dataDir) {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const probe = path.join(dataDir, `.probe-${process.pid}`)
    fs.writeFileSync(probe, '')
    fs.rmSync(probe)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause
    throw new Refusal(
      `The data directory ${dataDir} cannot be written (${code}): give it to this user or set STUDIO_DATA_DIR to another.`,
    )
  }
}

/**
 * The secret that signs sessions and encrypts links, made once and kept beside the data it belongs to.
 * @param {string} dataDir
 */
export function keptSecret(dataDir) {
  const file = path.join(dataDir, 'secret')
  if (!fs.existsSync(file)) {
    const making = `${file}.${process.pid}`
    fs.writeFileSync(making, `${crypto.randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
    fs.renameSync(making, file)
  }
  return fs.readFileSync(file, 'utf8').trim()
}

/**
 * @typedef {{ pid: number, identity: string }} Recorded
 * @typedef {{ launcher: Recorded, children: Record<string, Recorded>, url: string }} RunRecord
 */

/**
 * The processes that the last start left in the data directory and that still live; null when none does.
 * @param {string} dataDir
 * @returns {RunRecord | null}
 */
export function readRunRecord(dataDir) {
  try {
    /** @type {RunRecord} */
    const record = JSON.parse(fs.readFileSync(path.join(dataDir, 'run.json'), 'utf8'))
    const children = Object.entries(record.children).filter(([, child]) => isAlive(child))
    return isAlive(record.launcher) || children.length > 0
      ? { ...record, children: Object.fromEntries(children) }
      : null
  } catch {
    return null
  }
}

/** @param {Recorded} recorded */
export const isAlive = ({ pid, identity }) => processIdentity(pid) === identity

/** @param {number | undefined} pid */
export const recorded = (pid) => ({ pid: pid ?? 0, identity: processIdentity(pid ?? 0) ?? '' })

/**
 * @param {string} dataDir
 * @param {RunRecord} record
 */
export function writeRunRecord(dataDir, record) {
  const file = path.join(dataDir, 'run.json')
  fs.writeFileSync(`${file}.new`, JSON.stringify(record, null, 2), { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
}

/** @param {string} dataDir */
export function removeRunRecord(dataDir) {
  fs.rmSync(path.join(dataDir, 'run.json'), { force: true })
}
