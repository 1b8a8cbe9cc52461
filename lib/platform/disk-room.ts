import 'server-only'
import { mkdir, open, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { shared } from '@/lib/platform/shared'

/** No disk is filled with so much within the time for which it is remembered. */
const AMPLE_BYTES = 20e9
const REMEMBERED_MS = 1_000

type Look = { bytes: number; at: number }

const looks = () => shared('disk.room', () => new Map<string, Look>())

/**
 * How many bytes the disk under a folder takes; the folder is made, and a file in it to see that one can be. 0 where it
 * is gone, read-only or not to be written. A disk with room to spare is looked at once a second.
 */
export async function roomUnder(folder: string): Promise<number> {
  const last = looks().get(folder)
  if (last && last.bytes >= AMPLE_BYTES && performance.now() - last.at < REMEMBERED_MS) return last.bytes
  const at = performance.now()
  const bytes = await look(folder).catch(() => 0)
  looks().set(folder, { bytes, at })
  return bytes
}

async function look(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const disk = await statfs(folder)
  const probe = path.join(folder, `.probe-${process.pid}`)
  await (await open(probe, 'w', 0o600)).close()
  await rm(probe, { force: true }) // another look may have removed it
  return disk.bavail * disk.bsize
}
