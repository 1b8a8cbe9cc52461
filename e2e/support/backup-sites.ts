import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll } from 'vitest'
import { filesBelow, temporaryFolder } from '@/e2e/support/folders'
import { startS3Peer, type S3Peer } from '@/e2e/support/s3-peer'

/** A new place for backups, seen from outside: tests look at what lies in it, damage it and take it away. */
export type BackupSite = {
  address: string
  keys(): string[]
  /** Undefined when there is nothing. */
  read(key: string): Buffer | undefined
  write(key: string, bytes: Buffer): void
  remove(key: string): void
}

/** The kinds of place, each with a way to make a new one, and the bucket's server. Named in the environment, not as the store of images. */
export async function makeBackupSites() {
  const home = temporaryFolder()
  const peer = await startS3Peer()
  afterAll(() => peer.stop())
  const { STORAGE_URL: _, ...access } = peer.env
  Object.assign(process.env, access)
  const makeFolder = () => folderSite(fs.mkdtempSync(path.join(home, 'backups-')))
  const makeBucket = () => bucketSite(peer)
  const sites: [kind: string, make: () => BackupSite][] = [
    ['a folder', makeFolder],
    ['a bucket', makeBucket],
  ]
  return { sites, makeFolder, makeBucket, peer }
}

function folderSite(folder: string): BackupSite {
  const at = (key: string) => path.join(folder, key)
  return {
    address: folder,
    keys: () => filesBelow(folder).map(({ name }) => name), // files on their way come and go beside it
    read: (key) => (fs.existsSync(at(key)) ? fs.readFileSync(at(key)) : undefined),
    write: (key, bytes) => fs.writeFileSync(at(key), bytes),
    remove: (key) => fs.rmSync(at(key)),
  }
}

function bucketSite({ objects }: S3Peer): BackupSite {
  const prefix = `backups-${randomUUID()}/`
  return {
    address: `s3://studio/${prefix}`,
    keys: () =>
      [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
    read: (key) => objects.get(prefix + key)?.bytes,
    write: (key, bytes) => void objects.set(prefix + key, { bytes, modifiedAt: new Date() }),
    remove: (key) => void objects.delete(prefix + key),
  }
}

/** Where the files of all backups of a site lie. */
export const poolKey = ({ teamId, sha256 }: { teamId: string; sha256: string }) =>
  `blobs/${teamId}/${sha256.slice(0, 2)}/${sha256}`

/** The names of what is a backup there, the oldest first. */
export const backupsIn = (site: BackupSite): string[] =>
  site
    .keys()
    .flatMap((key) => /^backups\/([^/]+)\/manifest\.json$/.exec(key)?.[1] ?? [])
    .sort()

/** Changes one bit in the middle. */
export function flip(site: BackupSite, key: string): void {
  const bytes = Buffer.from(site.read(key) ?? [])
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
  site.write(key, bytes)
}
