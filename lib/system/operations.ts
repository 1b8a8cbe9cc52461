import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '@/lib/platform/log'
import { getReadiness } from '@/lib/system/health'

type Answer = { status: number; type: string; body: string }

/** What whoever runs the studio asks, of a process with pages and of a worker. */
const ANSWERS: Record<string, (request: IncomingMessage) => Promise<Answer>> = {
  '/livez': async () => json(200, { status: 'alive' }),
  '/readyz': answerReadiness,
}

/** Answers ahead of Next, which has no part in it; false leaves the request alone. */
export function answerOperations(request: IncomingMessage, response: ServerResponse): boolean {
  const answer = ANSWERS[request.url?.split('?')[0] ?? '']
  if (!answer) return false
  send(request, response, answer).catch((error: unknown) => {
    log.error('operations.unexpected', { error })
    response.destroy()
  })
  return true
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: IncomingMessage) => Promise<Answer>,
): Promise<void> {
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead) return void response.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store' }).end()
  const { status, type, body } = await answer(request)
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : body)
}

async function answerReadiness(): Promise<Answer> {
  const readiness = await getReadiness()
  return json(readiness.status === 'ready' ? 200 : 503, readiness)
}

const json = (status: number, body: object): Answer => ({
  ...{ status, type: 'application/json' },
  body: JSON.stringify(body),
})
