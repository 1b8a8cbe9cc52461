import type http from 'node:http'
import type { Answer } from '@/sandbox/context'

export function headerOf(request: http.IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** The whole body, or null when it is larger than `maxBytes`. */
export async function readBody(request: http.IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes <= maxBytes) chunks.push(chunk)
  }
  return bytes > maxBytes ? null : Buffer.concat(chunks)
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

export function send(response: http.ServerResponse, { status, body, headers }: Answer): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    ...headers,
  })
  response.end(bytes)
}

export function reset(response: http.ServerResponse): void {
  response.socket?.resetAndDestroy()
}

/** Waits, at most until the caller is gone. */
export function pause(response: http.ServerResponse, ms: number): Promise<void> {
  if (ms <= 0 || response.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      response.off('close', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    response.once('close', end)
  })
}

/** Until the caller hangs up. */
export function hang(response: http.ServerResponse): Promise<void> {
  return new Promise((resolve) => (response.destroyed ? resolve() : response.once('close', () => resolve())))
}
