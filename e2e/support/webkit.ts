import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@/e2e/support/child'
import { waitUntil } from '@/scripts/processes.mjs'

export type WebKit = Awaited<ReturnType<typeof openWebKit>>

const PATIENCE_MS = 30_000

/**
 * WebKitGTK in a window and on a screen of its own, driven over WebDriver: the engine of Safari without Apple's system
 * around it. Elements are named by XPath, and are waited for.
 */
export async function openWebKit({ width, height }: { width: number; height: number }) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-webkit-'))
  const screen = await startScreen(`${width}x${height}`)
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, HOME: home, DISPLAY: screen.display, LANG: 'C.UTF-8', TZ: 'Asia/Seoul' },
  })
  const stop = async () => {
    await end(driver)
    await end(screen.server)
    fs.rmSync(home, { recursive: true, force: true })
  }
  const options = {
    binary: path.join(import.meta.dirname, 'webkit-window.py'),
    args: [`--size=${width}x${height}`, `--downloads=${home}`],
  }
  try {
    const call = await openSession(`http://127.0.0.1:${port}`, options)
    return { ...pageOf(call), downloads: home, close: () => call('DELETE', '').then(stop) }
  } catch (error) {
    await stop()
    throw error
  }
}

type Call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

function pageOf(call: Call) {
  const run = (script: string, ...args: unknown[]) => call('POST', '/execute/sync', { script, args })
  /** The one that is seen. An element is an object of one entry, its id (W3C WebDriver, section 12.1). */
  const find = async (xpath: string) => {
    const started = Date.now()
    for (;;) {
      const all = await call('POST', '/elements', { using: 'xpath', value: xpath })
      for (const one of Array.isArray(all) ? all : []) {
        const path = `/element/${String(Object.values(one)[0])}`
        if ((await call('GET', `${path}/displayed`).catch(() => false)) === true) return { path, one }
      }
      if (Date.now() - started > PATIENCE_MS)
        throw new Error(`WebKit shows no ${xpath} on ${String(await call('GET', '/url'))}`)
      await delay(100)
    }
  }
  return {
    run,
    goto: (url: string) => call('POST', '/url', { url }),
    url: async () => String(await call('GET', '/url')),
    sees: async (xpath: string) => {
      await find(xpath)
    },
    click: async (xpath: string) => call('POST', `${(await find(xpath)).path}/click`, {}),
    type: async (xpath: string, text: string) => call('POST', `${(await find(xpath)).path}/value`, { text }),
    /** What is drawn is ready two frames later. */
    screenshot: async (file: string) => {
      await call('POST', '/execute/async', { script: TWO_FRAMES, args: [] })
      fs.writeFileSync(file, Buffer.from(String(await call('GET', '/screenshot')), 'base64'))
    },
  }
}

const TWO_FRAMES =
  'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))'

async function openSession(driver: string, browserOptions: object): Promise<Call> {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${driver}${path}`, { method, ...(body && { body: JSON.stringify(body) }) })
    const { value }: { value: unknown } = await answer.json()
    if (!answer.ok) throw new Error(`WebKit, ${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
  const isReady = () =>
    ask('GET', '/status').then(
      () => true,
      () => false,
    )
  if (!(await waitUntil(isReady, { timeoutMs: PATIENCE_MS })))
    throw new Error('WebKitWebDriver did not start.')
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } }
  const session = await ask('POST', '/session', { capabilities })
  const id = Object(session).sessionId
  return (method, path, body) => ask(method, `/session/${id}${path}`, body)
}

/** Xvfb chooses a display that is free and says which. */
async function startScreen(size: string) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const said = server.stdio[3]
  if (!said) throw new Error('Xvfb has no third pipe.')
  const [number]: unknown[] = await once(said, 'data')
  return { server, display: `:${String(number).trim()}` }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
