import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** A folder of the test file's own, gone when the file is done. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'studio-test-file-'))
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A new folder inside another, open to pass through as a user's home is. */
export function folderIn(home: string): string {
  const folder = fs.mkdtempSync(path.join(home, '-'))
  fs.chmodSync(folder, 0o711)
  return folder
}

/** The files below a folder, also while a studio works in it: what is gone by the time it is looked at is left out. */
export function filesBelow(folder: string): { name: string; file: string; found: fs.Stats }[] {
  return (unlessGone(() => fs.readdirSync(folder)) ?? []).flatMap((name) => {
    const file = path.join(folder, name)
    const found = fs.lstatSync(file, { throwIfNoEntry: false })
    if (found?.isDirectory())
      return filesBelow(file).map((below) => ({ ...below, name: path.join(name, below.name) }))
    return found?.isFile() ? [{ name, file, found }] : []
  })
}

/** A file's bytes; none when it has gone. */
export function readIfThere(file: string): Buffer {
  return unlessGone(() => fs.readFileSync(file)) ?? Buffer.alloc(0)
}

function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
