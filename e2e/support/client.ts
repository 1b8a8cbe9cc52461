import { setTimeout as delay } from 'node:timers/promises'
import type { Studio } from '@/e2e/support/studio'
import type { Generation } from '@/lib/generations/schema'

const ENDS = ['succeeded', 'failed', 'unknown', 'canceled']

export type Submitted = { prompt: string; sample?: number; async?: boolean; styleId?: number }
export type Client = Awaited<ReturnType<typeof makeClient>>

/** A program that uses a studio over HTTP with an API key of its own, by our API and by Flamel's. */
export async function makeClient(studio: Pick<Studio, 'url' | 'signIn'>) {
  const { url } = studio
  const cookie = await studio.signIn()
  const made = await fetch(`${url}/api/v1/api-keys`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'test', scopes: ['read', 'generate', 'manage'] }),
  })
  const { secret }: { secret: string } = await made.json()
  const headers = { 'x-api-key': secret, 'content-type': 'application/json' }
  const bodyOf = (asked: Submitted) => JSON.stringify({ ratio: '1:1', styleId: 101, sample: 1, ...asked })

  const get = async (id: string): Promise<Generation> =>
    (await fetch(`${url}/api/v1/generations/${id}`, { headers })).json()
  return {
    url,
    cookie,
    headers,
    get,
    submit: (asked: Submitted, more: Record<string, string> = {}, signal?: AbortSignal) =>
      fetch(`${url}/api/v1/generations`, {
        signal,
        method: 'POST',
        headers: { ...headers, ...more },
        body: bodyOf(asked),
      }),
    dropIn: (
      asked: Submitted,
      { signal, more }: { signal?: AbortSignal; more?: Record<string, string> } = {},
    ) =>
      fetch(`${url}/api/images/create`, {
        method: 'POST',
        headers: { ...headers, ...more },
        body: bodyOf(asked),
        signal,
      }),
    list: async (): Promise<Generation[]> =>
      (await (await fetch(`${url}/api/v1/generations?limit=100`, { headers })).json()).items,
    /** The generation once nothing more will happen to it; throws when that takes longer than `withinMs`. */
    ended: async (id: string, withinMs = 30_000): Promise<Generation> => {
      const deadline = Date.now() + withinMs
      for (;;) {
        const generation = await get(id).catch(() => null)
        if (generation && ENDS.includes(generation.status)) return generation
        if (Date.now() > deadline)
          throw new Error(`still ${generation?.status ?? 'unreachable'} after ${withinMs} ms`)
        await delay(50)
      }
    },
  }
}
