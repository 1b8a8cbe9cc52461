import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '@/e2e/support/folders'
import { release, released } from '@/scripts/release.mjs'

const CHANGELOG =
  '# Changelog\n\n## Unreleased\n\n### Added\n\n- A queue page.\n\n## 0.1.0 – 2026-01-02\n\n- The first.\n'
const root = path.join(temporaryFolder(), 'checkout')
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' })
const read = (name: string) => fs.readFileSync(path.join(root, name), 'utf8')

beforeEach(() => {
  fs.rmSync(root, { recursive: true, force: true })
  fs.mkdirSync(root, { recursive: true })
  const lock = { version: '0.1.0', packages: { '': { version: '0.1.0' } } }
  fs.writeFileSync(path.join(root, 'package.json'), JSON.stringify({ version: '0.1.0' }))
  fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(lock))
  fs.writeFileSync(path.join(root, 'CHANGELOG.md'), CHANGELOG)
  git('init', '--quiet')
  git('config', 'user.name', 'Test')
  git('config', 'user.email', 'test@example.com')
  git('add', '.')
  git('commit', '--quiet', '--message', 'Begin')
})

test('what is unreleased gets the version everywhere, one commit and a tag with its notes', () => {
  expect(release(root, '0.2.0')).toBe('### Added\n\n- A queue page.')
  expect(read('CHANGELOG.md')).toMatch(
    /## Unreleased\n\n## 0\.2\.0 – \d{4}-\d\d-\d\d\n\n### Added\n\n- A queue page\.\n\n## 0\.1\.0/,
  )
  expect(JSON.parse(read('package.json')).version).toBe('0.2.0')
  expect(JSON.parse(read('package-lock.json'))).toEqual({
    version: '0.2.0',
    packages: { '': { version: '0.2.0' } },
  })
  expect(git('status', '--porcelain')).toBe('')
  expect(git('log', '-1', '--format=%s').trim()).toBe('Release 0.2.0')
  expect(git('tag', '--list', '--format=%(contents)', 'v0.2.0')).toContain('### Added\n\n- A queue page.')
})

test.each(['0.1.0', '0.0.9', 'next', ''])('%j is no version to come, and nothing is changed', (version) => {
  expect(() => release(root, version)).toThrow(
    'Name a version after 0.1.0, such as npm run release -- 0.2.0.',
  )
  expect(git('log', '--format=%s').trim()).toBe('Begin')
})

test('a checkout with something uncommitted is left alone', () => {
  fs.writeFileSync(path.join(root, 'new.txt'), '')
  expect(() => release(root, '0.2.0')).toThrow('Commit or put away')
  expect(read('CHANGELOG.md')).toBe(CHANGELOG)
})

test('there is nothing to release where nothing is written', () => {
  expect(() => released('## Unreleased\n\n## 0.1.0\n', { version: '0.2.0', day: '2026-01-03' })).toThrow(
    'Nothing stands under',
  )
})
