import 'server-only'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { ByteRange } from '@/lib/platform/blob-store'
import { log } from '@/lib/platform/log'
import { reasonOf, type S3Client, StoreError } from '@/lib/platform/s3-client'

/** How often the body of one object is taken up again where it broke. */
const RESUMED = 3

/** What is under a key, to its last byte: a body that breaks off is taken up where it broke, a few times. */
export async function readObject(client: S3Client, key: string, range?: ByteRange): Promise<Readable> {
  const answer = await client.get(key, range)
  return Readable.from(bodyOf(client, { key, range, answer }), { objectMode: false })
}

type Reading = { key: string; range?: ByteRange; answer: IncomingMessage }

async function* bodyOf(client: S3Client, { key, range, answer: first }: Reading): AsyncGenerator<Buffer> {
  let answer = first
  const start = range?.start ?? 0
  const wantedBytes = Number(answer.headers['content-length'])
  let readBytes = 0
  for (let resumed = 0; ; resumed += 1) {
    try {
      for await (const piece of answer) {
        readBytes += piece.length
        yield piece
      }
      if (readBytes < wantedBytes) throw new Error(`ended after ${readBytes} of ${wantedBytes} bytes`)
      return
    } catch (error) {
      answer.destroy()
      const broken = new StoreError({ method: 'GET', key }, 0, reasonOf(error))
      if (resumed === RESUMED) throw broken
      log.warn('storage.read_resumed', { error: broken })
    }
    answer = await client.get(key, { start: start + readBytes, end: start + wantedBytes - 1 })
  }
}
