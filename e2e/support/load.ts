import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@/e2e/support/client'

export type Answer = { what: string; at: number; status: number; retryAfter: string | null; tookMs: number }

const PAUSE_MS = 50
const THINK_MS = 400
/** Nobody waits longer for a request that does not wait for an image. */
const GIVE_UP_MS = 120_000

/**
 * People and programs who use a studio at once and go on whatever they are answered: they generate, look at lists, pages
 * and images, and hear what changes. `stop` waits for what they asked last.
 */
export function startLoad(
  client: Client,
  { prompt, image, page }: { prompt: string; image: string; page: string },
) {
  const answers: Answer[] = []
  const accepted = new Map<string, string>()
  const asked: string[] = []
  const heardAt: number[] = []
  const over = new AbortController()

  const ask = async (what: string, request: (signal: AbortSignal) => Promise<Response>) => {
    const at = Date.now()
    const answer = await request(AbortSignal.timeout(GIVE_UP_MS)).catch((error: unknown) => String(error))
    const isAnswer = typeof answer !== 'string'
    const body = isAnswer ? await answer.text().catch(String) : answer
    const retryAfter = isAnswer ? answer.headers.get('retry-after') : null
    answers.push({ what, at, status: isAnswer ? answer.status : 0, retryAfter, tookMs: Date.now() - at })
    return { status: isAnswer ? answer.status : 0, body }
  }
  const look = (address: string) => () =>
    ask(`GET ${address}`, (signal) =>
      fetch(client.url + address, {
        signal,
        headers: address.startsWith('/api/') ? client.headers : { cookie: client.cookie },
      }),
    )
  const generate = async () => {
    const words = `${prompt} ${randomUUID()}`
    asked.push(words)
    const { status, body } = await ask('POST generations', (signal) =>
      client.submit({ prompt: words }, {}, signal),
    )
    if (status === 202) accepted.set(words, idIn(body))
    await delay(THINK_MS)
  }
  const listen = async () => {
    const stream = await fetch(`${client.url}/api/v1/events`, {
      headers: client.headers,
      signal: over.signal,
    })
    if (stream.status !== 200 || !stream.body) return
    for await (const chunk of stream.body)
      if (new TextDecoder().decode(chunk).includes('event: change')) heardAt.push(Date.now())
  }
  const work = [
    ...[generate, generate, listen],
    ...[look('/api/v1/generations'), look('/api/v1/images'), look(page), look(image), look('/readyz')],
  ]
  const loops = work.map(async (once) => {
    while (!over.signal.aborted) {
      await Promise.resolve(once()).catch(() => undefined)
      await delay(PAUSE_MS)
    }
  })
  return {
    /** In the order of their ends. `status` 0: the connection broke, or nobody answered. */
    answers,
    /** The generations that were accepted, by prompt, and every prompt that was asked for. */
    accepted,
    asked,
    /** When a change came through the event stream. */
    heardAt,
    stop: async () => {
      over.abort()
      await Promise.all(loops)
    },
  }
}

function idIn(body: string): string {
  const { id }: { id: string } = JSON.parse(body)
  return id
}
