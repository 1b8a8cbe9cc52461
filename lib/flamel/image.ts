import { Writable } from 'node:stream'
import { toAnswerImage, type AnswerImage } from '@/lib/flamel/answer'
import { AnswerScanner, type ScannedImage } from '@/lib/flamel/answer-scanner'
import { ask, type AskOptions, type Reply } from '@/lib/flamel/ask'
import type { Upstream } from '@/lib/flamel/client'

const IMAGE_MAX_BYTES = 32 << 20

/**
 * GET /api/images/{id}: how a picture stands that was asked for with `async`. Nothing is published about the answer's
 * members; the sandbox sends the picture of create, with its bytes once it is COMPLETED.
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
  const scanner = new AnswerScanner('root')
  const scanned: ScannedImage[] = []
  const body = () =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        scanned.push(...scanner.push(chunk))
        done()
      },
    })
  const value = () => {
    const image = scanned[0] ? toAnswerImage(scanned[0], 0) : null
    return image?.imageId ? image : null
  }
  return { body, value }
}
