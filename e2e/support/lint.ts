import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { temporaryFolder } from '@/e2e/support/folders'
import { ROOT } from '@/scripts/setup.mjs'

/** What lint said of a file, `plugin/rule: message` a line. */
export type Complaints = (file: string) => string

/** Lints the files, by their names from the root, in a copy of the project that holds nothing else. */
export async function lint(files: [name: string, text: string][]): Promise<Complaints> {
  const folder = temporaryFolder()
  for (const name of ['.oxlintrc.json', '.gitignore', 'tsconfig.json', 'package.json', 'scripts/lint'])
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true })
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  for (const [name, text] of files) {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, text, { flag: 'wx' })
  }
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint')
  const run = promisify(execFile)(process.execPath, [oxlint, '-f', 'json'], {
    cwd: folder,
    maxBuffer: 1e8,
    timeout: 50_000,
  })
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  const said: { code: string; message: string; filename: string }[] = JSON.parse(stdout).diagnostics
  return (file) =>
    said
      .filter(({ filename }) => filename === file)
      .map(({ code, message }) => `${code.replace(/^(.+)\((.+)\)$/, '$1/$2')}: ${message}`)
      .join('\n')
}
