import http from 'node:http'
import { readMe } from '@/sandbox/account'
import type { Answer, Context, Exchange, SandboxSettings } from '@/sandbox/context'
import { control } from '@/sandbox/control'
import { createImages } from '@/sandbox/create'
import { headerOf, send } from '@/sandbox/http'
import { readImage } from '@/sandbox/image'
import { refuseKey } from '@/sandbox/key'
import { Ledger } from '@/sandbox/ledger'
import { ImagePainter } from '@/sandbox/image-painter'
import { imageToPrompt, textToPrompt } from '@/sandbox/prompts'
import { uploadReference } from '@/sandbox/references'
import { envelope } from '@/sandbox/refusals'
import { Store } from '@/sandbox/store'

export type Sandbox = { url: string; port: number; close: () => Promise<void> }

/**
 * A server that speaks Flamel's published contract and paints by itself. Listens on this machine only, unless it is given
 * another host; everything it remembers is in `directory`.
 */
export async function startSandbox(
  given: Partial<SandboxSettings> & Pick<SandboxSettings, 'directory'>,
): Promise<Sandbox> {
  const settings = {
    host: '127.0.0.1',
    port: 0,
    latencyMs: [1500, 3000],
    slots: 4,
    isPlain: false,
    now: Date.now,
    ...given,
  }
  const context: Context = {
    settings: { ...settings, latencyMs: given.latencyMs ?? [1500, 3000] },
    store: new Store(settings.directory, settings.now),
    ledger: new Ledger(),
    painter: new ImagePainter(),
    slots: { inFlight: 0, highest: 0 },
  }
  const server = http.createServer((request, response) => void answer(context, { request, response }))
  const port = await listen(server, context.settings)
  const close = async () => {
    server.closeAllConnections()
    await Promise.all([new Promise((resolve) => server.close(resolve)), context.painter.close()])
  }
  return { url: `http://127.0.0.1:${port}`, port, close }
}

async function answer(context: Context, { request, response }: Omit<Exchange, 'url'>): Promise<void> {
  const exchange = { request, response, url: new URL(request.url ?? '/', 'http://sandbox') }
  response.on('error', () => {})
  try {
    const own = await control(context, exchange)
    if (own) return send(response, own)
    await answerFlamel(context, exchange)
  } catch {
    if (response.headersSent) response.destroy()
    else send(response, envelope(500, 'sandbox_error'))
  }
}

async function answerFlamel(context: Context, exchange: Exchange): Promise<void> {
  const { request, response, url } = exchange
  const entry = context.ledger.open({
    at: new Date(context.settings.now()).toISOString(),
    method: request.method ?? '',
    path: url.pathname,
    platform: headerOf(request, 'x-platform'),
    type: headerOf(request, 'x-type'),
  })
  const route = `${request.method} ${url.pathname}`
  const refused = refuseKey(headerOf(request, 'x-api-key'))
  if (!refused && route === 'POST /api/images/create') return createImages(context, exchange, entry)
  const said = refused ?? (await answerQuestion(context, exchange, route)) ?? notThere(exchange)
  entry.status = said.status
  entry.outcome = said.status < 400 ? 'answered' : 'refused'
  send(response, said)
}

function answerQuestion(
  context: Context,
  exchange: Exchange,
  route: string,
): Promise<Answer> | Answer | undefined {
  if (route === 'GET /api/users/me') return readMe(context)
  if (route === 'POST /api/images/textToPrompt') return textToPrompt(context, exchange)
  if (route === 'POST /api/images/imageToPrompt') return imageToPrompt(context, exchange)
  if (route === 'POST /sandbox/references') return uploadReference(context, exchange)
  const id = /^GET \/api\/images\/([^/]+)$/.exec(route)?.[1]
  return id === undefined ? undefined : readImage(context, id)
}

/** As a Nest server says it. */
function notThere({ request, url }: Exchange): Answer {
  const message = `Cannot ${request.method} ${url.pathname}`
  return { status: 404, body: { statusCode: 404, message, error: 'Not Found' } }
}

function listen(server: http.Server, { host, port }: SandboxSettings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
