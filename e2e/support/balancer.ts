import { setTimeout as delay } from 'node:timers/promises'

const EVERY_MS = 100

/** Sends to each server in turn that says on /readyz that it takes requests, as a reverse proxy with health checks does. */
export function startBalancer(urls: string[]) {
  const away = new Set<string>()
  let turn = 0
  let isStopped = false
  const watch = async (url: string) => {
    while (!isStopped) {
      if (await isReady(url)) away.delete(url)
      else away.add(url)
      await delay(EVERY_MS)
    }
  }
  for (const url of urls) void watch(url)
  const ready = () => (away.size < urls.length ? urls.filter((url) => !away.has(url)) : urls) // somewhere a request has to go
  return {
    ready,
    next: (): string => ready()[(turn += 1) % ready().length] ?? '',
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
