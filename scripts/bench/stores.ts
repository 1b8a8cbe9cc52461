import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { cachedStore } from '@/lib/platform/blob-cache'
import type { BlobStore } from '@/lib/platform/blob-store'
import { env } from '@/lib/platform/env'
import { fileStore } from '@/lib/platform/file-store'
import { s3Store } from '@/lib/platform/s3-store'
import { hashOf } from '@/lib/platform/storage'
import { s3Settings } from '@/lib/platform/storage-settings'
import { round } from '@/scripts/bench/drop-in'

const SIZES_KB = [50, 1_000, 5_600]
const TIMES = 40

type Row = {
  store: string
  sizeKB: number
  putMs: number
  putP95Ms: number
  openMs: number
  openP95Ms: number
}

/** What it takes to keep bytes and to read them whole, one after the other: on the disk, and in the object store of STORAGE_URL. */
export async function measureStores(): Promise<Row[]> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-bench-stores-'))
  const settings = s3Settings(env())
  const objects = settings && s3Store({ ...settings, prefix: `${settings.prefix}bench-${randomUUID()}/` })
  const stores: [name: string, store: BlobStore][] = [['disk', fileStore(path.join(home, 'disk'))]]
  if (objects) stores.push(['objects', objects])
  if (objects) stores.push(['objects, with copies', cachedStore(objects, path.join(home, 'cache'), 2e9)])
  const rows: Row[] = []
  try {
    for (const [name, store] of stores)
      for (const sizeKB of SIZES_KB)
        rows.push({ store: name, sizeKB, ...(await measure(store, sizeKB * 1_000)) })
  } finally {
    objects?.close()
    fs.rmSync(home, { recursive: true, force: true })
  }
  return rows
}

async function measure(store: BlobStore, sizeBytes: number) {
  const puts: number[] = []
  const opens: number[] = []
  for (let times = 0; times < TIMES; times += 1) {
    const bytes = randomBytes(sizeBytes)
    const name = { teamId: randomUUID(), sha256: hashOf(bytes) }
    puts.push(await timed(() => store.put(name, bytes)))
    opens.push(await timed(async () => buffer(await store.open(name))))
    await store.remove(name, new Date(Date.now() + 60_000))
  }
  return {
    putMs: at(puts, 0.5),
    putP95Ms: at(puts, 0.95),
    openMs: at(opens, 0.5),
    openP95Ms: at(opens, 0.95),
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const at = (times: number[], share: number) =>
  round([...times].sort((one, other) => one - other)[Math.floor(times.length * share)] ?? NaN)
