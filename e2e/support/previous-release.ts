import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { ROOT } from '@/e2e/support/child'

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim()

/**
 * A folder below `home` with the release before, built. It is the newest tag, or, before there is one, the commit in front
 * of the newest migration; `PREVIOUS_RELEASE` names another.
 */
export function buildPreviousRelease(home: string): string {
  const root = path.join(home, 'previous-release')
  git('clone', '--quiet', '--shared', ROOT, root)
  const release = process.env.PREVIOUS_RELEASE ?? newestTag() ?? beforeNewestMigration()
  git('-C', root, 'checkout', '--quiet', git('rev-parse', `${release}^{commit}`))
  const run = (...args: string[]) => execFileSync('npm', args, { cwd: root, stdio: 'inherit' })
  run('ci', '--no-audit', '--no-fund')
  run('run', 'build')
  return root
}

function newestTag(): string | undefined {
  return (
    git('tag', '--list', 'v*', '--sort=-version:refname', '--no-contains', 'HEAD').split('\n')[0] || undefined
  )
}

const beforeNewestMigration = () =>
  `${git('log', '-1', '--no-merges', '--diff-filter=A', '--format=%H', '--', 'prisma/migrations')}^`
