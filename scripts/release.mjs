// @ts-check
// `npm run release -- 0.2.0`: gives what is unreleased a version and a date, commits and tags it, and prints its notes.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const UNRELEASED = '## Unreleased'

/** @param {string} version */
function parts(version) {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? []
  return major === undefined ? null : [Number(major), Number(minor), Number(patch)]
}

/**
 * Whether a version comes after another; null when either is none.
 * @param {string} next
 * @param {string} before
 */
function isLater(next, before) {
  const [ours, theirs] = [parts(next), parts(before)]
  if (!ours || !theirs) return null
  const at = ours.findIndex((number, index) => number !== theirs[index])
  return at !== -1 && Number(ours[at]) > Number(theirs[at])
}

/**
 * The changelog with a section of its own for the version, and the text of that section. Throws one sentence when there is
 * nothing to release.
 * @param {string} changelog
 * @param {{ version: string, day: string }} release
 */
export function released(changelog, { version, day }) {
  const begin = changelog.indexOf(UNRELEASED)
  if (begin === -1) throw new Error(`CHANGELOG.md has no "${UNRELEASED}".`)
  const rest = changelog.slice(begin + UNRELEASED.length)
  const end = rest.search(/^## /m)
  const notes = (end === -1 ? rest : rest.slice(0, end)).trim()
  if (notes === '') throw new Error('Nothing stands under "Unreleased" in CHANGELOG.md.')
  const after = end === -1 ? '' : `\n${rest.slice(end)}`
  return {
    notes,
    changelog: `${changelog.slice(0, begin)}${UNRELEASED}\n\n## ${version} – ${day}\n\n${notes}\n${after}`,
  }
}

/**
 * @param {string} root a checkout with nothing uncommitted
 * @param {string} version
 * @returns {string} the notes
 */
export function release(root, version) {
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' })
  const file = (/** @type {string} */ name) => path.join(root, name)
  const { version: before } = JSON.parse(fs.readFileSync(file('package.json'), 'utf8'))
  if (!isLater(version, before))
    throw new Error(`Name a version after ${before}, such as npm run release -- ${nextMinor(before)}.`)
  if (git('status', '--porcelain') !== '') throw new Error('Commit or put away what is changed here first.')
  const day = new Date().toISOString().slice(0, 10)
  const { changelog, notes } = released(fs.readFileSync(file('CHANGELOG.md'), 'utf8'), { version, day })
  fs.writeFileSync(file('CHANGELOG.md'), changelog)
  for (const name of ['package.json', 'package-lock.json']) setVersion(file(name), version)
  git('commit', '--quiet', '--all', '--message', `Release ${version}`)
  git('tag', '--annotate', `v${version}`, '--message', `${version}\n\n${notes}`, '--cleanup=verbatim')
  return notes
}

/** @param {string} before */
function nextMinor(before) {
  const [major = 0, minor = 0] = parts(before) ?? []
  return `${major}.${minor + 1}.0`
}

/**
 * @param {string} file
 * @param {string} version
 */
function setVersion(file, version) {
  const content = JSON.parse(fs.readFileSync(file, 'utf8'))
  content.version = version
  if (content.packages?.['']) content.packages[''].version = version
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const [version = ''] = process.argv.slice(2)
    const notes = release(path.join(path.dirname(fileURLToPath(import.meta.url)), '..'), version)
    console.log(`${notes}\n\nTagged v${version}. To publish it: git push --follow-tags`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
