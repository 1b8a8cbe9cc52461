import { spawnSync } from 'node:child_process'

/** Installs what `npm run test:scale` needs of Debian's packages, where the programs are not there yet and that can be done. */
export function provide(programs: string[], packages: string[]): void {
  const isThere = () => programs.every((name) => spawnSync('which', [name]).status === 0)
  if (isThere()) return
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 }
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  if (spawnSync('apt-get', install, options).status !== 0) {
    spawnSync('apt-get', ['update'], options)
    spawnSync('apt-get', install, options)
  }
  if (!isThere())
    throw new Error(`npm run test:scale needs ${programs.join(', ')}: apt-get install ${packages.join(' ')}`)
}
