import 'server-only'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { NO_TEAM } from '@/lib/backup/contents'
import type { Manifest } from '@/lib/backup/manifest'
import type { BlobStore } from '@/lib/platform/blob-store'
import { env } from '@/lib/platform/env'
import { filesBelow } from '@/lib/platform/files-below'
import { hashOf } from '@/lib/platform/storage'

/**
 * What the data directory holds beside images and the database: answers that came but are no rows yet or could not be
 * read, and what the sandbox remembers of its images. Not the secret: it must not lie beside what it encrypts.
 */
const FOLDERS = ['spool', 'sandbox']

/** Keeps these files in the pool as they are at this moment; what is gone meanwhile is written down elsewhere. */
export async function keepFiles(pool: BlobStore): Promise<Manifest['files']> {
  const kept: Manifest['files'] = []
  for (const file of await filesIn(FOLDERS)) {
    const bytes = await readFile(path.join(env().dataDir, file)).catch(() => null)
    if (!bytes) continue
    const sha256 = hashOf(bytes)
    await pool.put({ teamId: NO_TEAM, sha256 }, bytes)
    kept.push({ path: file, sha256, sizeBytes: bytes.length })
  }
  return kept
}

/** Puts a file back where it was in the data directory. */
export async function putFile(file: string, bytes: Buffer): Promise<void> {
  const root = path.resolve(env().dataDir)
  const target = path.resolve(root, file)
  if (!FOLDERS.some((folder) => target.startsWith(path.join(root, folder) + path.sep)))
    throw new Error(`The backup is damaged: ${file} is no file of a data directory.`)
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
  await writeFile(target, bytes, { mode: 0o600 })
}

async function filesIn(folders: string[]): Promise<string[]> {
  const found: string[] = []
  for (const folder of folders) for await (const name of filesBelow(env().dataDir, folder)) found.push(name)
  return found.sort()
}
