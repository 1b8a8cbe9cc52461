import { setTimeout as delay } from 'node:timers/promises'

const EVERY_MS = 100

/** Sends to each server in turn that says on /readyz that it takes requests, as a reverse proxy with health checks does. */
export function startBalancer(urls: string[]) {
  let ready = urls
  let turn = 0
  let isStopped = false
  const watch = async () => {
    while (!isStopped) {
      const answers = await Promise.all(urls.map(isReady))
      const found = urls.filter((_, at) => answers[at])
      ready = found.length > 0 ? found : urls // somewhere a request has to go
      await delay(EVERY_MS)
    }
  }
  void watch()
  return {
    ready: () => ready,
    next: (): string => ready[(turn += 1) % ready.length] ?? '',
    stop: () => {
      isStopped = true
    },
  }
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
