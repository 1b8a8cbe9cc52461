import http from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'

export type Answer = (call: Call, response: http.ServerResponse) => void | Promise<void>

/** One request that the fake upstream received. `body` is parsed JSON. */
export type Call = { path: string; headers: http.IncomingHttpHeaders; body: Record<string, unknown> }

/** A Flamel of the test's own over real HTTP: counts what reaches it and answers as the test says. */
export type FakeUpstream = {
  url: string
  calls: Call[]
  /** How many calls were open at once, at most. */
  peak: number
  answer: Answer
  /** What it says of its own account; without it that question is refused. */
  account?: Record<string, unknown>
  /** Answers how an image stands that it promised for later; without it that question is refused. */
  answerImage?: Answer
  /** Answers the question of the account in the place of all this. */
  answerMe?: Answer
  /** Its keys, each with the id of its user; every other key is refused. Without it all are taken. */
  keys?: Map<string, number>
  close: () => Promise<void>
}

export async function startUpstream(answer: Answer = answerWithImages()): Promise<FakeUpstream> {
  let open = 0
  const upstream: FakeUpstream = { url: '', calls: [], peak: 0, answer, close: () => closeAll(server) }
  const server = http.createServer(async (request, response) => {
    const body = await readBody(request)
    const { url = '', headers } = request
    if (url === '/api/users/me' && upstream.answerMe)
      return upstream.answerMe({ path: url, headers, body }, response)
    const userId = upstream.keys?.get(String(headers['x-api-key']))
    if (upstream.keys && userId === undefined)
      return sendJson(response, 401, { success: false, code: 401, data: 'wrong_api_key' })
    if (url === '/api/users/me' && userId !== undefined)
      return sendJson(response, 200, { userId, email: 'me@flamel.invalid', ...upstream.account })
    if (url === '/api/users/me' && upstream.account) return sendJson(response, 200, upstream.account)
    if (/^\/api\/images\/\d+$/.test(url) && upstream.answerImage)
      return upstream.answerImage({ path: url, headers, body }, response)
    if (url !== '/api/images/create')
      return sendJson(response, 404, { success: false, code: 404, data: 'none' })
    const call = { path: url, headers, body }
    upstream.calls.push(call)
    open += 1
    upstream.peak = Math.max(upstream.peak, open)
    response.on('close', () => (open -= 1))
    await upstream.answer(call, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has one
  upstream.url = `http://127.0.0.1:${port}`
  return upstream
}

function closeAll(server: http.Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

async function readBody(request: http.IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}
}

export function sendJson(response: http.ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

let nextImageId = Date.now() * 100

/** A published 201: as many images as asked, each in a colour of its own, and balances that fall by one an image. */
export function answerWithImages({ delayMs = 0 } = {}): Answer {
  let dailyCredit = 1_000
  return async ({ body }, response) => {
    const sample = Number(body.sample)
    dailyCredit -= sample
    const files = await Promise.all(Array.from({ length: sample }, () => makeImage()))
    const answer = makeAnswer(body, files, { defaultCredit: 50, dailyCredit, monthlyCredit: 300 })
    setTimeout(() => sendJson(response, 201, answer), delayMs)
  }
}

export function refuseWith(status: number, data: string): Answer {
  return (_call, response) => sendJson(response, status, { success: false, code: status, data })
}

export async function makeImage(size = 24): Promise<Buffer> {
  const [r, g, b] = [0, 0, 0].map(() => Math.floor(Math.random() * 256))
  const create = { width: size, height: size, channels: 3 as const, background: { r, g, b } }
  return sharp({ create }).webp({ lossless: true }).toBuffer()
}

type Balances = { defaultCredit: number; dailyCredit: number; monthlyCredit: number }

export function makeAnswer(body: Record<string, unknown>, files: (Buffer | string)[], balances: Balances) {
  const groupId = `up-${String(body.groupId)}`
  const images = files.map((file) => ({
    imageId: nextImageId++,
    createdAt: new Date().toISOString(),
    generationStatus: 'COMPLETED',
    generationError: null,
    resolution: '24x24',
    ownerId: 1,
    etc: '',
    bookmarked: false,
    base64: typeof file === 'string' ? file : file.toString('base64'),
    mimeType: 'image/webp',
    ...{ Bought: [], Bookmarks: [], Upscaled: [] },
    GenerationInfo: {
      originalPrompt: body.prompt,
      super: 's',
      main: 'm',
      variationId: 0,
      groupId,
      blurReason: '',
    },
    newMember: { kept: true },
  }))
  return { images, ...balances, anotherNewMember: 'kept' }
}
