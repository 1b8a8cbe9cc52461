import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, expect } from 'vitest'
import type { SandboxSettings } from '@/sandbox/context'
import { startSandbox, type Sandbox } from '@/sandbox/server'

export type Body = Record<string, unknown>
export type Created = Body & {
  images: { imageId: number; base64: string; generationStatus: string; [name: string]: unknown }[]
}

export const valid = { prompt: '고래', ratio: '1:1', styleId: 101, sample: 1 }

/** A fresh sandbox for every test of a file, with images of one colour, no latency and a clock to set. */
export class SandboxUnderTest {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-sandbox-'))
  clock = 0
  directory = ''
  #running: Sandbox | null = null
  #made = 0

  constructor() {
    beforeEach(async () => {
      this.directory = path.join(this.root, `sandbox-${(this.#made += 1)}`)
      this.clock = Date.UTC(2026, 10, 22, 3)
      await this.start()
    })
    afterEach(() => this.stop())
    afterAll(() => fs.rmSync(this.root, { recursive: true, force: true }))
  }

  get url(): string {
    return this.#running?.url ?? ''
  }

  get upstream() {
    return { baseUrl: this.url, apiKey: 'any' }
  }

  async start(settings: Partial<SandboxSettings> = {}): Promise<void> {
    const now = () => this.clock
    const { directory } = this
    this.#running = await startSandbox({ directory, latencyMs: [0, 0], isPlain: true, now, ...settings })
  }

  async stop(): Promise<void> {
    await this.#running?.close()
    this.#running = null
  }

  async restart(settings: Partial<SandboxSettings> = {}): Promise<void> {
    await this.stop()
    await this.start(settings)
  }

  async post(body: unknown, key: string | null = 'any') {
    const response = await fetch(`${this.url}/api/images/create`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(key !== null && { 'X-Api-Key': key }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }

  async make(body: Body): Promise<Created> {
    const answer = await this.post({ ...valid, ...body })
    expect(answer.status).toBe(201)
    return answer.body
  }

  async state() {
    return (await fetch(`${this.url}/sandbox/state`)).json()
  }

  async setSwitches(body: Body): Promise<void> {
    const url = `${this.url}/sandbox/switches`
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    expect(response.status).toBe(200)
  }
}
