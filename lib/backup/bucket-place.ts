import 'server-only'
import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { measure, type Place } from '@/lib/backup/place'
import type { BlobStore } from '@/lib/platform/blob-store'
import { adviceFor } from '@/lib/platform/s3-advice'
import { readObject } from '@/lib/platform/s3-body'
import { s3Client, type S3Client } from '@/lib/platform/s3-client'
import { BLOBS, keyOf } from '@/lib/platform/s3-keys'
import { s3Store } from '@/lib/platform/s3-store'
import { addressOfStore, type S3Settings } from '@/lib/platform/storage-settings'

const PIECE_BYTES = 256 * 1024

type Options = {
  /** A folder for what is on its way there. */
  making: string
  /** The full name of the variable that says the endpoint, the region or a key. */
  variable: Parameters<typeof adviceFor>[1]
}

/** A bucket: the same keys as a folder has files, so that the one can be copied to the other. */
export function bucketPlace(settings: S3Settings, { making, variable }: Options): Place {
  const client = s3Client(settings)
  const store = s3Store(settings, client)
  const address = addressOfStore(settings)
  return {
    address,
    async demand(use) {
      const look = use === 'write' ? store.probe() : client.list('', { atMost: 1 }).next()
      await look.catch((error: unknown) => {
        const advice = adviceFor(error, variable)
        throw new Error(`The object store ${address} cannot be used: ${advice}`)
      })
    },
    async put(key, content) {
      const { pass, written } = measure()
      const file = await spool(making)
      try {
        for await (const piece of pass(content)) await file.writeFile(piece) // each after the one before
        const { sizeBytes, sha256 } = written()
        const read = () => streamOf(file)
        await client.putFile(key, { sizeBytes, read }, sha256)
        return { sizeBytes, sha256 }
      } finally {
        await file.close()
      }
    },
    /** Brought here first: whoever reads may take hours, and no server waits for that. */
    async open(key) {
      const file = await spool(making)
      try {
        for await (const piece of await readObject(client, key)) await file.writeFile(piece)
      } catch (error) {
        await file.close()
        throw error
      }
      return streamOf(file).once('close', () => void file.close())
    },
    async *list(folder) {
      for await (const found of client.list(folder)) yield* found.map(({ key }) => key)
    },
    remove: (key) => client.delete(key),
    blobs: { ...store, stat: listedStat(client) },
    close: () => client.close(),
  }
}

/** A file without a name, which goes with the process: an object's hash goes before its bytes. */
async function spool(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = path.join(folder, randomUUID())
  const file = await open(name, 'wx+', 0o600)
  await rm(name)
  return file
}

const streamOf = (file: FileHandle) => Readable.from(bytesOf(file), { objectMode: false })

async function* bytesOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(PIECE_BYTES), position })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
}

/** A backup asks for every file: a list tells of a thousand at once. What is put afterwards is not in it. */
function listedStat(client: S3Client): BlobStore['stat'] {
  let listed: Promise<Map<string, number>> | undefined
  const list = async () => {
    const sizes = new Map<string, number>()
    for await (const found of client.list(BLOBS))
      for (const { key, sizeBytes } of found) sizes.set(key, sizeBytes)
    return sizes
  }
  return async (name) => {
    const sizeBytes = (await (listed ??= list())).get(keyOf(name))
    return sizeBytes === undefined ? null : { sizeBytes, usedAt: new Date(0) }
  }
}
