import fs from 'node:fs'
import http from 'node:http'

export type Load = { p50Ms: number; p95Ms: number; perSecond: number }

export type Shot = {
  url: string
  method?: string
  headers?: Record<string, string>
  body?: string
  expected: number
}

/** Sends `count` requests with `inFlight` open at once over kept connections, and reads every answer to its end. */
export async function load(
  shot: () => Shot,
  { count, inFlight }: { count: number; inFlight: number },
): Promise<Load> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight })
  const timesMs: number[] = []
  let left = count
  const worker = async () => {
    while (left-- > 0) timesMs.push(await send(shot(), agent))
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  const seconds = (performance.now() - startedAt) / 1_000
  agent.destroy()
  timesMs.sort((a, b) => a - b)
  const at = (share: number) => timesMs[Math.min(timesMs.length - 1, Math.floor(timesMs.length * share))] ?? 0
  return { p50Ms: at(0.5), p95Ms: at(0.95), perSecond: count / seconds }
}

function send(
  { url, method = 'GET', headers = {}, body, expected }: Shot,
  agent: http.Agent,
): Promise<number> {
  const startedAt = performance.now()
  const { hostname, port, origin } = new URL(url)
  const path = url.slice(origin.length) // as written: a parsed address would lose its dots
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers, agent }, (response) => {
      let said = ''
      response.on('data', (chunk: Buffer) => {
        if (response.statusCode !== expected) said += chunk.toString().slice(0, 200)
      })
      response.on('end', () => {
        if (response.statusCode === expected) resolve(performance.now() - startedAt)
        else reject(new Error(`${method} ${url} answered ${response.statusCode}: ${said}`))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** What a process has used: CPU in milliseconds since its start, memory in megabytes now. */
export function usage(pid: number): { cpuMs: number; rssMb: number } {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const rssKb = Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, rssMb: rssKb / 1024 }
}

/** The most memory a process holds while the work runs, in megabytes, asked every 50 ms. */
export async function peakRssMb(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = usage(pid).rssMb
  const watch = setInterval(() => (peak = Math.max(peak, usage(pid).rssMb)), 50)
  await work().finally(() => clearInterval(watch))
  return peak
}
