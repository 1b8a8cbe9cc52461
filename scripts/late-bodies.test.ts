import http from 'node:http'
import net from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { continueWhenRead, outliveBody } from '@/scripts/late-bodies.mjs'

const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** A server that refuses every body in its own way. */
async function listen(refuse: http.RequestListener): Promise<number> {
  const answer: http.RequestListener = (request, response) => {
    outliveBody(request, response)
    refuse(request, response)
  }
  const server = http.createServer({ keepAliveTimeout: 65_000 }, answer)
  server.on('checkContinue', (request, response) => {
    continueWhenRead(request, response)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const SIZE = 25 * 1024 * 1024
const refusal = (response: http.ServerResponse) => response.writeHead(413).end('too large')

/** Sends the whole body first, and reads only then. */
function sendThenRead(port: number, head: string, body = Buffer.alloc(SIZE)): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1')
    let said = ''
    socket.on('error', reject)
    socket.pause()
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`)
    socket.write(body, () => {
      socket.on('data', (piece) => {
        said += piece.toString()
        if (said.includes('too large')) {
          socket.destroy()
          resolve(said)
        }
      })
      socket.on('end', () => resolve(said))
      socket.resume()
    })
  })
}

describe.each<[string, http.RequestListener]>([
  ['without reading', (_, response) => void refusal(response)],
  [
    'after some of it',
    (request, response) => void request.once('data', () => request.pause() && refusal(response)),
  ],
  [
    'by breaking the stream off',
    async (request, response) => {
      for await (const _ of request) break
      refusal(response)
    },
  ],
])('a body that is refused %s', (_, refuse) => {
  test.each([
    ['of a stated length', `Content-Length: ${SIZE}`],
    ['on a connection that is to be closed', `Content-Length: ${SIZE}\r\nConnection: close`],
  ])('%s: a client that reads only after sending has its answer', async (_name, head) => {
    expect(await sendThenRead(await listen(refuse), head)).toContain('413')
  })

  test('in chunks: the same', async () => {
    const piece = Buffer.alloc(1024 * 1024)
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), piece, Buffer.from('\r\n')])
    const body = Buffer.concat([...Array.from({ length: 25 }, () => chunk), Buffer.from('0\r\n\r\n')])
    expect(await sendThenRead(await listen(refuse), 'Transfer-Encoding: chunked', body)).toContain('413')
  })

  test('more than is waited for: the connection ends', async () => {
    const port = await listen(refuse)
    const socket = net.connect(port, '127.0.0.1')
    const isClosed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    const piece = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1024 * 1024), Buffer.from('\r\n')])
    const send = () => {
      while (!socket.destroyed && socket.write(piece)) continue
    }
    socket.on('drain', send)
    send()
    await isClosed
    expect(socket.bytesWritten).toBeLessThan(100 * 1024 * 1024)
  })
})

test('a client that asks before it sends is refused without sending, or told to go on once its body is read', async () => {
  const expecting = (port: number) =>
    new Promise<{ status?: number; wasContinued: boolean }>((resolve, reject) => {
      let wasContinued = false
      const headers = { expect: '100-continue', 'content-length': 5 }
      const request = http.request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
      request.on('continue', () => {
        wasContinued = true
        request.end('hello')
      })
      request.on('response', (response) => {
        resolve({ status: response.statusCode, wasContinued })
        request.destroy()
      })
      request.on('error', reject)
      request.flushHeaders()
    })
  const refusing = await listen((_, response) => void refusal(response))
  expect(await expecting(refusing)).toEqual({ status: 413, wasContinued: false })
  const reading = await listen(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    response.end(body)
  })
  expect(await expecting(reading)).toEqual({ status: 200, wasContinued: true })
})

test('a body that is wanted is read to its end, whole and in pieces', async () => {
  const port = await listen(async (request, response) => {
    let sizeBytes = 0
    for await (const piece of request) sizeBytes += piece.length
    response.end(String(sizeBytes))
  })
  const url = `http://127.0.0.1:${port}`
  expect(await (await fetch(url, { method: 'POST', body: Buffer.alloc(SIZE) })).text()).toBe(String(SIZE))
  const body = new Blob(['hello']).stream()
  const inChunks = { method: 'POST', body, duplex: 'half' } as RequestInit // the DOM's type does not know `duplex`
  expect(await (await fetch(url, inChunks)).text()).toBe('5')
})

test('after a refused body the connection serves the next request', async () => {
  const port = await listen((_, response) => void refusal(response))
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<boolean>((resolve, reject) => {
      const request = http.request({ port, host: '127.0.0.1', method: 'POST', agent }, (response) => {
        response.resume().on('end', () => resolve(request.reusedSocket))
      })
      request.on('error', reject)
      request.end(Buffer.alloc(1024 * 1024))
    })
  expect([await ask(), await ask()]).toEqual([false, true])
  agent.destroy()
})
