import { round } from '@/scripts/bench/drop-in'
import type { Stage } from '@/scripts/bench/stage'

type Waiter = { test: (status: string) => boolean; resolve: () => void }

/** From submit, and from upstream's answer, to the moment another open tab has read the change: medians of thirty. */
export async function measureLive({ studio, cookie }: Stage) {
  const headers = { cookie, origin: studio.url, 'content-type': 'application/json' }
  const stream = await fetch(`${studio.url}/api/v1/events`, { headers: { cookie } })
  const changes = listen(stream)
  const submitMs: number[] = []
  const doneMs: number[] = []
  for (let i = 0; i < 30; i += 1) {
    const startedAt = performance.now()
    const heard = changes.next(() => true)
    const body = JSON.stringify({ prompt: `small ${i} ${startedAt}`, styleId: 352, ratio: '1:1', sample: 1 })
    const created = await fetch(`${studio.url}/api/v1/generations`, { method: 'POST', headers, body })
    const { id }: { id: string } = await created.json()
    await heard
    const read = async () => {
      const answer = await fetch(`${studio.url}/api/v1/generations/${id}`, { headers })
      const { status }: { status: string } = await answer.json()
      return status
    }
    let status = await read()
    submitMs.push(performance.now() - startedAt)
    while (status !== 'succeeded') {
      await changes.next(() => true)
      status = await read()
    }
    doneMs.push(performance.now() - startedAt)
  }
  await stream.body?.cancel().catch(() => {})
  const median = (values: number[]) => round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
  return { submitToTileMs: median(submitMs), submitToPicturesMs: median(doneMs) }
}

function listen(stream: Response) {
  const waiting = new Set<Waiter>()
  let missed = 0
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of stream.body ?? []) {
      if (!decoder.decode(chunk).includes('event: change')) continue
      if (waiting.size === 0) missed += 1
      for (const waiter of waiting) waiter.resolve()
      waiting.clear()
    }
  }
  read().catch(() => {}) // cancelled at the end
  const next = (test: Waiter['test']) =>
    new Promise<void>((resolve) => {
      if (missed > 0) {
        missed = 0
        resolve()
      } else waiting.add({ test, resolve })
    })
  return { next }
}
