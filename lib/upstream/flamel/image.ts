import 'server-only'
import { Readable, Writable } from 'node:stream'
import type { AnswerImage } from '@/lib/upstream/answer'
import { toAnswerImage } from '@/lib/upstream/flamel/answer'
import { AnswerScanner } from '@/lib/upstream/flamel/answer-scanner'
import { ask } from '@/lib/upstream/flamel/ask'
import { decoded } from '@/lib/upstream/flamel/decode'
import type { AskOptions, Reply, Upstream } from '@/lib/upstream/outcome'
import type { Coding } from '@/lib/upstream/spool'

const IMAGE_MAX_BYTES = 32 << 20

/**
 * GET /api/images/{id}: how an image stands that was asked for with `async`. Nothing is published about the answer's
 * members; the sandbox sends the image of create, with its bytes once it is COMPLETED.
 */
export function getImage(
  upstream: Upstream,
  imageId: number,
  options: AskOptions = {},
): Promise<Reply<AnswerImage>> {
  return ask(
    upstream,
    { method: 'GET', path: `/api/images/${imageId}`, maxBytes: IMAGE_MAX_BYTES, reader: imageReader },
    options,
  )
}

function imageReader() {
  const chunks: Buffer[] = []
  const body = () =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk)
        done()
      },
    })
  const value = async (coding: Coding) => {
    const scanner = new AnswerScanner('root')
    for await (const piece of decoded(Readable.from(chunks), coding, IMAGE_MAX_BYTES)) {
      const [scanned] = scanner.push(piece)
      if (!scanned) continue
      const image = toAnswerImage(scanned, 0)
      return image.imageId ? image : null
    }
    return null
  }
  return { body, value }
}
