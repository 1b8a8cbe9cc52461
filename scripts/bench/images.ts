import fs from 'node:fs'
import path from 'node:path'
import { createAt } from '@/scripts/bench/creates'
import { round } from '@/scripts/bench/drop-in'
import { load } from '@/scripts/bench/load'
import type { Stage } from '@/scripts/bench/stage'
import { waitUntil } from '@/scripts/processes.mjs'

/** An address that what answers ahead of Next does not know, and that Next takes for the same: its route answers. */
const BEHIND_NEXT = '/.'

type Listed = { items: { images: { id: string }[] }[] }

/** Bytes of one thumbnail to a signed-in person: ahead of Next, from bare node:http, and through Next's own route. */
export async function measureImages({ studio, cookie, apiKey, home, start }: Stage) {
  const prompt = `small ${performance.now()}`
  await load(() => createAt(studio.url, { apiKey, prompt, sample: 1 }), { count: 1, inFlight: 1 })
  const list = await fetch(`${studio.url}/api/v1/generations?limit=1`, { headers: { cookie } })
  const { items }: Listed = await list.json()
  const address = `/i/${items[0]?.images[0]?.id}/thumb`
  let image = new Response()
  const isThere = async () => (image = await fetch(`${studio.url}${address}`, { headers: { cookie } })).ok
  if (!(await waitUntil(isThere, { timeoutMs: 30_000 })))
    throw new Error(`${address} answered ${image.status}.`)
  const file = path.join(home, 'image.webp')
  fs.writeFileSync(file, Buffer.from(await image.arrayBuffer()))
  const bare = await start('bytes', { IMAGE: file })
  const rate = async (url: string) =>
    (await load(() => ({ url, headers: { cookie }, expected: 200 }), { count: 4_000, inFlight: 32 }))
      .perSecond
  const measured = { sizeBytes: fs.statSync(file).size, bare: 0, studio: 0, next: 0 }
  for (const warm of [true, false]) {
    measured.bare = Math.round(await rate(bare.url))
    measured.studio = Math.round(await rate(`${studio.url}${address}`))
    measured.next = Math.round(warm ? 0 : await rate(`${studio.url}${BEHIND_NEXT}${address}`))
  }
  return {
    ...measured,
    ofBare: round(measured.studio / measured.bare),
    timesNext: round(measured.studio / measured.next),
  }
}
