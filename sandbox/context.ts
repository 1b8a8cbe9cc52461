import type http from 'node:http'
import type { Ledger } from '@/sandbox/ledger'
import type { ImagePainter } from '@/sandbox/image-painter'
import type { Store } from '@/sandbox/store'

export type SandboxSettings = {
  /** Where it listens: who reaches it may paint. */
  host: string
  /** 0 takes any free port. */
  port: number
  /** Its own directory; everything it remembers is there. */
  directory: string
  /** A call takes between these two many milliseconds, painting included. */
  latencyMs: [number, number]
  slots: number
  /** Fill images with a colour instead of painting them. */
  isPlain: boolean
  now: () => number
}

export type Context = {
  settings: SandboxSettings
  store: Store
  ledger: Ledger
  painter: ImagePainter
  slots: { inFlight: number; highest: number }
}

export type Exchange = { request: http.IncomingMessage; response: http.ServerResponse; url: URL }

export type Answer = { status: number; body: unknown; headers?: Record<string, string> }
