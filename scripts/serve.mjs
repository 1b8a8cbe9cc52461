// @ts-check
// The server alone: `node scripts/serve.mjs [--worker | --dev]`, configured by the environment, with a migrated database.
import fs from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import next from 'next'
import { answerClientErrors, namesItsHost } from './client-errors.mjs'
import { holdConsole } from './hold-console.mjs'
import { continueWhenRead, outliveBody } from './late-bodies.mjs'
import { setSecurityHeaders } from './security-headers.mjs'
import { staticFiles } from './static-files.mjs'

const BOOT_LIMIT_MS = (Number(process.env.DATABASE_WAIT_S || 90) + 60) * 1_000 // a database that is away is waited for
const DRAIN_WAIT_MS = Number(process.env.STUDIO_DRAIN_WAIT_S || 0) * 1_000
const STOP_LIMIT_MS = DRAIN_WAIT_MS + (Number(process.env.FLAMEL_TIMEOUT_S || 180) + 80) * 1_000 // a call under way may take that long

/** @typedef {{ state: 'ready', logConsole: () => void, observe: (request: http.IncomingMessage, response: http.ServerResponse, work: () => void) => void, answer: (request: http.IncomingMessage, response: http.ServerResponse) => boolean | Promise<boolean>, answerOperations: (request: http.IncomingMessage, response: http.ServerResponse) => boolean, drain: () => Promise<{ inFlight: number }>, closeStreams: () => void, stop: () => Promise<void> }} Studio */
/** @typedef {Awaited<ReturnType<typeof staticFiles>>} Answer */
/** @type {{ handle: import('next/dist/server/next').RequestHandler, studio: Studio, files: Answer } | undefined} */
let ready
/** @type {Studio | undefined} what works already, perhaps before it answers anybody */
let started
const isWorker = process.argv.includes('--worker')
const dev = process.argv.includes('--dev')
const host = (process.env.HOST || '127.0.0.1').replace(/^\[(.*)\]$/, '$1') // IPv6 as a URL has it
/** A worker has no pages: it listens only where it is told to, for those who ask how it is. */
const port = Number(isWorker ? process.env.WORKER_PORT || 0 : process.env.PORT || 3000)

const headersFor = { isDev: dev, trustsProxy: process.env.TRUST_PROXY === 'on' }

/** @type {http.RequestListener} */
function answer(request, response) {
  setSecurityHeaders(request, response, headersFor)
  if (!namesItsHost(request)) return void response.writeHead(400, { connection: 'close' }).end()
  if (isStopping) response.shouldKeepAlive = false // the next request of this client goes to another server
  const served = ready
  if (served) served.studio.observe(request, response, () => serve(served, request, response))
}

/**
 * @param {NonNullable<typeof ready>} served
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 */
function serve({ handle, studio, files }, request, response) {
  if (isWorker) return void (studio.answerOperations(request, response) || response.writeHead(404).end())
  if (files(request, response)) return
  outliveBody(request, response)
  if (!isDecodable(request.url ?? '')) return void response.writeHead(400).end()
  if (request.url?.startsWith('/_global-error')) request.url = '/_not-found' // Next's own page for a 500
  const answered = studio.answer(request, response)
  if (answered === false) void handle(request, response)
  else if (answered !== true) void answered.then((is) => (is ? undefined : handle(request, response)))
}
/** Next answers a path with half an escape in it with 500. @param {string} url */
function isDecodable(url) {
  try {
    return Boolean(decodeURIComponent(url.split('?')[0] ?? '') || true)
  } catch {
    return false
  }
}
// a missing Host is refused above, with our headers
const limits = { keepAliveTimeout: 65_000, requestTimeout: 240_000, requireHostHeader: false }
const server = http.createServer(limits, answer)
answerClientErrors(server, headersFor)
server.on('checkContinue', (request, response) => {
  continueWhenRead(request, response)
  answer(request, response)
})
const held = dev ? undefined : holdConsole()
const app = next({ dev, hostname: host, port, httpServer: server })

let isStopping = false
/** @param {number} exitCode */
async function stop(exitCode) {
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
  const { inFlight } = (await started?.drain()) ?? { inFlight: 0 }
  if (inFlight > 0)
    process.stdout.write(
      `  finishing ${inFlight} ${inFlight === 1 ? 'call' : 'calls'} under way (Ctrl-C again to stop at once)\n`,
    )
  // not ready any more, but serving: until whoever distributes requests has seen it
  if (server.listening && exitCode === 0 && !dev && !isWorker) await delay(DRAIN_WAIT_MS)
  started?.closeStreams()
  if (server.listening) await closed()
  if (!dev) await app.close()
  await started?.stop()
  process.exit(exitCode)
}

function closed() {
  const sweep = setInterval(() => (dev ? server.closeAllConnections() : server.closeIdleConnections()), 100)
  return new Promise((resolve) => server.close(resolve)).finally(() => clearInterval(sweep))
}

/** @typedef {Studio | { state: 'failed', sentence: string }} Boot */
/** @returns {Promise<Boot>} what the studio's own start (lib/boot) handed over, or that it took too long */
async function booted() {
  const limit = delay(
    BOOT_LIMIT_MS,
    /** @type {Boot} */ ({
      state: 'failed',
      sentence: `The studio was not ready after ${BOOT_LIMIT_MS / 1000} s.`,
    }),
    { ref: false },
  )
  const slot = Symbol.for('flamel-studio.boot')
  while (!Reflect.has(globalThis, slot))
    if ((await Promise.race([limit, delay(10)])) !== undefined) return limit
  return Promise.race([limit, Reflect.get(globalThis, slot)])
}

/** Copies that an earlier version's image optimiser kept: nothing asks who may see them. */
async function forgetOptimisedImages() {
  const copies = path.join(process.env.STUDIO_DIST_DIR ?? '.next', dev ? 'dev' : '.', 'cache', 'images')
  await fs.rm(copies, { recursive: true, force: true })
}

/** @param {string} sentence */
function refuse(sentence) {
  held?.release()
  process.stderr.write(`${sentence}\n`) // for a person, even where the console writes the log
  // calls may be under way already
  if (started) void stop(1)
  else process.exit(1)
}

let lastSignalAt = 0
/** npm repeats the terminal's Ctrl-C to its child: what comes within a quarter of a second is one. */
function onSignal() {
  const isSecond = lastSignalAt > 0 && performance.now() - lastSignalAt > 250
  lastSignalAt ||= performance.now()
  if (isSecond) process.exit(1)
  void stop(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
process.on('disconnect', () => void stop(0)) // the launcher is gone
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}) // so is the terminal
process.on('uncaughtException', (error) => {
  held?.release()
  console.error(error)
  void stop(1)
})

/** Waits for the studio's own start beside Next's: it may claim before Next is prepared. */
async function start() {
  const boot = await booted()
  if (boot.state === 'failed') return refuse(boot.sentence)
  started = boot
  if (isStopping) await boot.drain() // `stop` came before there was anything to drain
  return boot
}

await forgetOptimisedImages()
const [studio] = await Promise.all([start(), app.prepare()])
if (studio && !isStopping) {
  held?.release(studio.logConsole)
  const files = dev || isWorker ? () => false : await staticFiles(process.env.STUDIO_DIST_DIR ?? '.next')
  ready = { handle: app.getRequestHandler(), studio, files }
  if (isWorker && port === 0) process.send?.('ready')
  else if (!isStopping) {
    server.on('error', (error) =>
      refuse(
        `The port ${port} on ${host} cannot be used: ${'code' in error && error.code === 'EADDRINUSE' ? `another program listens there (set ${isWorker ? 'WORKER_PORT' : 'PORT'} to a free one)` : error.message}.`,
      ),
    )
    server.listen(port, host, () => process.send?.('ready'))
  }
}
