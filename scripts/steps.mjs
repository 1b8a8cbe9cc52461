// @ts-check
import { spawn } from 'node:child_process'

/** A failure with one sentence for the person at the terminal; nothing else is printed for it. */
export class Refusal extends Error {}

/**
 * Runs one step and prints one line with its time. The work returns the words of the line.
 * @template T
 * @param {(say: (words: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(work) {
  const startedAt = performance.now()
  let words = ''
  const result = await work((said) => (words = said))
  if (words)
    console.log(`  ${words.padEnd(46)} ${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s`)
  return result
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const underWay = new Set()

/** Ends the commands of the step under way, if any. */
export function abandonSteps() {
  for (const child of underWay) child.kill('SIGTERM')
}

/**
 * Runs a command to its end and returns all it said. It is quiet, unless it fails: then its output is in the error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined> }} options
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(command, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    })
    underWay.add(child)
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      underWay.delete(child)
      resolve({ code, output })
    })
  })
}
