#!/usr/bin/env node
// @ts-check
/**
 * What Playwright starts as Firefox: it starts Firefox ESR and stands between the two, because Playwright speaks a newer
 * WebDriver BiDi. A command that emulates something this Firefox cannot emulate is answered with nothing done, instead of
 * the refusal that makes Playwright give up. Playwright reads the address from a line of stderr.
 */
import { spawn } from 'node:child_process'
import { WebSocket, WebSocketServer } from 'ws'

const ADDRESS = /WebDriver BiDi listening on (ws:\/\/\S+)/
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024 // a screenshot of a long page is one message

const firefox = spawn(process.env.FIREFOX_PATH ?? '', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
})
firefox.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
firefox.on('exit', (code) => process.exit(code ?? 1))
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT']))
  process.on(signal, () => firefox.kill(signal))

let said = ''
let isListening = false
firefox.stderr.on('data', (chunk) => {
  if (isListening) return process.stderr.write(chunk)
  said += chunk
  const address = ADDRESS.exec(said)?.[1]
  if (!address) return
  isListening = true
  listenFor(address)
})

/** @param {string} address where Firefox listens */
function listenFor(address) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => {
    const place = server.address()
    if (typeof place === 'object')
      process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${place?.port}\n`)
  })
  server.on('connection', (playwright, { url }) =>
    connect(playwright, new WebSocket(`${address}${url}`, { maxPayload: MAX_MESSAGE_BYTES })),
  )
}

/**
 * @param {WebSocket} playwright
 * @param {WebSocket} browser
 */
function connect(playwright, browser) {
  /** @type {Set<number>} */
  const emulations = new Set()
  /** @type {string[]} */
  const early = []
  playwright.on('message', (data) => {
    const text = String(data)
    const { id, method } = JSON.parse(text)
    if (method.startsWith('emulation.')) emulations.add(id)
    if (browser.readyState === WebSocket.OPEN) browser.send(text)
    else early.push(text)
  })
  browser.on('open', () => early.forEach((text) => browser.send(text)))
  browser.on('message', (data) => {
    const text = String(data)
    const { id, error } = JSON.parse(text)
    const isUnknown = emulations.delete(id) && error === 'unknown command'
    playwright.send(isUnknown ? JSON.stringify({ type: 'success', id, result: {} }) : text)
  })
  const end = () => {
    playwright.close()
    browser.close()
  }
  playwright.on('close', end)
  browser.on('close', end)
  browser.on('error', end)
}
