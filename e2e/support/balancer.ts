const EVERY_MS = 100

/** Sends to each server in turn that says on /readyz that it takes requests, as a reverse proxy with health checks does. */
export function startBalancer(urls: string[]) {
  let ready = urls
  let turn = 0
  const look = async () => {
    const answers = await Promise.all(urls.map(isReady))
    ready = urls.filter((_, at) => answers[at])
  }
  const timer = setInterval(() => void look(), EVERY_MS)
  return {
    ready: () => ready,
    next: (): string => ready[(turn += 1) % ready.length] ?? '',
    stop: () => clearInterval(timer),
  }
}

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
