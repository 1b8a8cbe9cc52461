import { html, json, readForm, seenAt, type Exchange } from '@/e2e/support/provider-pages'

type LookAlike = {
  name: string
  authorize: string
  token: string
  /** What the addresses of the API answer, by path. */
  api: Record<string, (login: string) => unknown>
  /** As the manual has it: `expires_in` is a text at Naver. */
  expiresIn: number | string
  /** What the manual asks for beside the client's credentials, the code and the address. */
  needs: string[]
}

const numberOf = (login: string) =>
  [...login].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_000_000_011, 7)

const lookAlikes: Record<string, LookAlike> = {
  // https://developers.kakao.com/docs/latest/en/kakaologin/rest-api
  kakao: {
    name: 'Kakao',
    authorize: '/oauth/authorize',
    token: '/oauth/token',
    expiresIn: 21_599,
    needs: [],
    api: {
      '/v2/user/me': (login) => {
        const { email, isVerified, name } = seenAt(login)
        const address = { email, is_email_valid: true, is_email_verified: isVerified, has_email: true }
        const account = { profile_nickname_needs_agreement: false, profile: { nickname: name } }
        return {
          id: numberOf(login),
          connected_at: '2026-01-01T00:00:00Z',
          kakao_account: { ...account, ...(email.startsWith('no-email') ? {} : address) },
        }
      },
    },
  },
  // https://developers.naver.com/docs/login/api and /docs/login/profile
  naver: {
    name: 'Naver',
    authorize: '/oauth2.0/authorize',
    token: '/oauth2.0/token',
    expiresIn: '3600',
    needs: ['state'],
    api: {
      '/v1/nid/me': (login) => {
        const { email, name } = seenAt(login)
        const response = { id: `naver-${numberOf(login)}`, nickname: name, name, email }
        return { resultcode: '00', message: 'success', response }
      },
    },
  },
  // https://docs.github.com/en/apps/oauth-apps and /en/rest/users; the API as an Enterprise Server has it
  github: {
    name: 'GitHub',
    authorize: '/login/oauth/authorize',
    token: '/login/oauth/access_token',
    expiresIn: 28_800,
    needs: ['code_verifier'],
    api: {
      '/api/v3/user': (login) => {
        const { name } = seenAt(login)
        return { login: name, id: numberOf(login), name: null, email: 'public-face@elsewhere.example' }
      },
      '/api/v3/user/emails': (login) => {
        const { email, isVerified } = seenAt(login)
        return [
          { email: 'old@elsewhere.example', primary: false, verified: true, visibility: null },
          { email, primary: true, verified: isVerified, visibility: 'private' },
        ]
      },
    },
  },
}

/** Codes that were given out: for whom, and what has to come with them again. */
const codes = new Map<string, { login: string; redirectUri: string }>()

/** Answers for one of the three; false when the address is none of theirs. */
export async function answerLookAlike(exchange: Exchange, studioUrl: string): Promise<boolean> {
  const [, id = '', path = ''] = /^\/(kakao|naver|github)(\/.*)$/.exec(exchange.url.pathname) ?? []
  const peer = lookAlikes[id]
  if (!peer) return false
  if (path === peer.authorize) await authorize(exchange, peer, `${studioUrl}/api/auth/callback/${id}`)
  else if (path === peer.token) await giveToken(exchange, peer)
  else answerApi(exchange, peer.api[path])
  return true
}

async function authorize({ request, response, url }: Exchange, { name }: LookAlike, registered: string) {
  const asked = url.searchParams
  const isWrong =
    asked.get('client_id') !== 'studio' ||
    asked.get('response_type') !== 'code' ||
    asked.get('redirect_uri') !== registered ||
    !asked.get('state') ||
    asked.get('scope')?.includes('openid')
  if (isWrong) return json(response, 400, { error: 'invalid_request' })
  if (request.method === 'GET') return html(response, name)
  const form = await readForm(request)
  const back = new URL(registered)
  back.searchParams.set('state', asked.get('state') ?? '')
  if (form.has('cancel')) back.searchParams.set('error', 'access_denied')
  else {
    const code = crypto.randomUUID()
    codes.set(code, { login: form.get('login') ?? '', redirectUri: registered })
    back.searchParams.set('code', code)
  }
  response.writeHead(302, { location: back.href }).end()
}

async function giveToken({ request, response }: Exchange, { needs, expiresIn }: LookAlike) {
  const form = await readForm(request)
  const given = codes.get(form.get('code') ?? '')
  codes.delete(form.get('code') ?? '') // a code counts once
  const isRight =
    form.get('client_id') === 'studio' &&
    form.get('client_secret')?.startsWith('studio-secret') &&
    form.get('grant_type') === 'authorization_code' &&
    form.get('redirect_uri') === given?.redirectUri &&
    needs.every((name) => form.get(name))
  if (!given || !isRight) return json(response, 400, { error: 'invalid_grant' })
  const access_token = Buffer.from(given.login).toString('base64url')
  json(response, 200, { access_token, token_type: 'bearer', expires_in: expiresIn, refresh_token: 'r' })
}

function answerApi({ request, response }: Exchange, answer: ((login: string) => unknown) | undefined) {
  const token = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!answer) return json(response, 404, { message: 'Not Found' })
  if (!token) return json(response, 401, { message: 'Bad credentials' })
  json(response, 200, answer(Buffer.from(token, 'base64url').toString()))
}
