import 'server-only'
import { AppError } from '@/lib/platform/errors'
import { readText } from '@/lib/platform/request-body'
import { findOpenLink, unlock } from '@/lib/share-links/visit'

const FORM_LIMIT_BYTES = 4_096

/** A plain form's answer: always back to the page, which says what happened. A link that is gone looks like any other. */
export async function answerUnlock(request: Request, token: string): Promise<Response> {
  if (!/^[\w-]+$/.test(token)) throw new AppError('not_found')
  const password = await readPassword(request)
  const link = await findOpenLink(token)
  if (!link?.passwordHash) return backTo(token)
  const result = await unlock(link, { token, password, headers: request.headers })
  if (result.state === 'unlocked') return backTo(token, { cookie: result.cookie })
  if (result.state === 'wait') return backTo(token, { query: `?tried=wait&s=${result.seconds}` })
  return backTo(token, { query: '?tried=wrong' })
}

function backTo(token: string, { query = '', cookie }: { query?: string; cookie?: string } = {}): Response {
  const headers = new Headers({
    location: `/s/${encodeURIComponent(token)}${query}`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  if (cookie) headers.set('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

async function readPassword(request: Request): Promise<string> {
  const form = new URLSearchParams(await readText(request, { maxBytes: FORM_LIMIT_BYTES }))
  return form.get('password') ?? ''
}
