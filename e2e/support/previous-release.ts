import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { ROOT } from '@/e2e/support/child'

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()

/**
 * The release before, checked out into a folder below `home` and built there. It is the newest tag, or, before there is
 * one, the commit in front of the newest migration; `PREVIOUS_RELEASE` names another.
 */
export function buildPreviousRelease(home: string): { root: string; commit: string; remove: () => void } {
  const root = path.join(home, 'previous-release')
  const commit = git(
    'rev-parse',
    `${process.env.PREVIOUS_RELEASE ?? newestTag() ?? beforeNewestMigration()}^{commit}`,
  )
  git('worktree', 'add', '--detach', root, commit)
  const run = (...args: string[]) => execFileSync('npm', args, { cwd: root, stdio: 'inherit' })
  run('ci', '--no-audit', '--no-fund')
  run('run', 'build')
  return { root, commit, remove: () => void git('worktree', 'remove', '--force', root) }
}

function newestTag(): string | undefined {
  return (
    git('tag', '--list', 'v*', '--sort=-version:refname', '--no-contains', 'HEAD').split('\n')[0] || undefined
  )
}

const beforeNewestMigration = () =>
  `${git('log', '-1', '--no-merges', '--diff-filter=A', '--format=%H', '--', 'prisma/migrations')}^`
