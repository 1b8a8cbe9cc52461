import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Node of a major release: the one that runs this, or the newest of npm's registry, unpacked in a folder. */
export function nodeOf(major: string, folder: string): string {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath
  fs.mkdirSync(folder)
  const run = (program: string, args: string[]) =>
    execFileSync(program, args, { cwd: folder, encoding: 'utf8' })
  const packed = run('npm', ['pack', '--silent', `node-${process.platform}-${process.arch}@${major}`])
  run('tar', ['xzf', packed.trim()])
  return path.join(folder, 'package/bin/node')
}
