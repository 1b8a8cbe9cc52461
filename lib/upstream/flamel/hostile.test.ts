import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostileAnswers } from '@/e2e/support/hostile-answers'
import { startHostileUpstream, type HostileUpstream } from '@/e2e/support/hostile-upstream'
import { leastBlocked } from '@/e2e/support/loop-delay'
import type { Answer, AnswerImage } from '@/lib/upstream/answer'
import { readAnswer } from '@/lib/upstream/flamel/answer'
import { createImage } from '@/lib/upstream/flamel/client'
import type { Outcome } from '@/lib/upstream/outcome'
import { createImageRequest } from '@/lib/upstream/schema'

const LIMIT_MS = 50

let directory = ''
let upstream: HostileUpstream
beforeAll(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'studio-hostile-'))
  upstream = await startHostileUpstream()
}, 60_000)
afterAll(async () => {
  upstream.stop()
  await fs.rm(directory, { recursive: true, force: true })
})

type Read = { outcome: Outcome; answer: Answer; images: AnswerImage[] }

async function ask(name: string): Promise<Read> {
  const spoolPath = path.join(directory, 'spool')
  const request = createImageRequest.parse({ prompt: `a whale: ${name}`, ratio: '1:1', styleId: 352 })
  const meanwhile: AnswerImage[] = []
  const outcome = await createImage({ baseUrl: upstream.url, apiKey: 'key' }, request, {
    spoolPath,
    headers: {},
    signal: new AbortController().signal,
    onImage: async (image) => void meanwhile.push(image),
    timeouts: { connectMs: 5_000, headersMs: 30_000, idleMs: 30_000, totalMs: 60_000 },
  })
  const images: AnswerImage[] = []
  const answer = await readAnswer(spoolPath, (image) => void images.push(image))
  // what was read while it came is what the spool says, or nothing
  if (outcome.kind === 'created' && outcome.answer)
    expect({ answer: outcome.answer, images: meanwhile }).toEqual({ answer, images })
  return { outcome, answer, images }
}

describe('an answer of upstream', () => {
  test.each(hostileAnswers)(
    'with $name is read within bounds, and keeps nothing else waiting',
    async ({ name, images, status }) => {
      let read: Read | undefined
      const blockedMs = await leastBlocked(LIMIT_MS, async () => void (read = await ask(name)))
      expect(read?.images.filter(({ state }) => state === 'completed')).toHaveLength(images)
      if (status === 'succeeded') expect(read?.answer.complete).toBe(true)
      expect(JSON.stringify(read?.answer.json).length).toBeLessThan(1 << 20)
      expect(blockedMs).toBeLessThan(LIMIT_MS)
    },
    60_000,
  )
})
