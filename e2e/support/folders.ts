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
