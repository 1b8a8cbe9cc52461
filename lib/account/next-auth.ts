import 'server-only'
import NextAuth, { type AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { NextRequest } from 'next/server'
import { z } from 'zod'
import { check } from '@/lib/access/http'
import { safeNext } from '@/lib/access/next-path'
import { refuseForeignChange } from '@/lib/access/server'
import {
  cookieSecret,
  findSession,
  hasSecureCookies,
  SESSION_DAYS,
  sessionClaims,
} from '@/lib/access/session'
import { deviceCookie } from '@/lib/account/device'
import { signInByLink } from '@/lib/account/links'
import { signInWithPasskey } from '@/lib/account/passkey'
import { assertion } from '@/lib/account/passkey-schema'
import { noPendingCookie, pendingCookie } from '@/lib/account/pending-sign-in'
import { oauthConfigs } from '@/lib/account/providers'
import { linkToken } from '@/lib/account/schema'
import { signInWithCode } from '@/lib/account/second-factor'
import { endSession, signIn, type SignedInNow, type SignInResult } from '@/lib/account/sign-in'
import { answerProvider, beginIntent, type Admit, type SingleSignOn } from '@/lib/account/single-sign-on'
import { isLocale, isTheme, LOCALE_COOKIE, THEME_COOKIE } from '@/lib/i18n/locales'
import { env } from '@/lib/platform/env'
import { AppError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { readJson, readText } from '@/lib/platform/request-body'

const credentials = z.object({ email: z.string().min(3).max(254), password: z.string().min(1).max(1000) })
const mailLink = z.object({ token: linkToken })
const code = z.object({ code: z.string().min(6).max(40) })
const passkey = z.object({ response: z.string().max(12_000).transform(readAnswer).pipe(assertion) })
const ACTIONS = [
  '_log',
  'callback',
  'csrf',
  'error',
  'providers',
  'session',
  'signin',
  'signout',
  'verify-request',
]
const FORM_LIMITS = { maxBytes: 16_384 }

/** What one request learned while next-auth handled it; its own callbacks cannot answer with a status or a cookie. */
type Outcome = {
  waitSeconds?: number
  /** A fault that next-auth would hide, and call a wrong password or take the cookie away for. */
  fault?: unknown
  /** The token of a half-done sign-in, which goes into a cookie of its own. */
  pending?: string
  /** The half-done sign-in that a code came for is over. */
  isExpired?: boolean
  /** The proof is right, but counts for nothing: their team requires single sign-on. */
  needsSingleSignOn?: boolean
  signedIn?: SignedInNow
  singleSignOn: SingleSignOn
}

/**
 * next-auth's options for one request. Its "user" is our Session row: the token holds that row's id and nothing
 * else about the person, so what a token says never grows old.
 */
function optionsFor(headers: Headers, outcome: Outcome, admit: Admit): AuthOptions {
  const found = outcome.singleSignOn
  return {
    providers: [
      Credentials({
        id: 'credentials',
        credentials: { email: {}, password: {} },
        authorize: (given) => authorize(credentials, given, outcome, (input) => signIn(input, headers)),
      }),
      Credentials({
        id: 'mail-link',
        credentials: { token: {} },
        authorize: (given) =>
          authorize(mailLink, given, outcome, ({ token }) => signInByLink(token, headers)),
      }),
      Credentials({
        id: 'second-factor',
        credentials: { code: {} },
        authorize: (given) => authorize(code, given, outcome, (input) => signInWithCode(input.code, headers)),
      }),
      Credentials({
        id: 'passkey',
        credentials: { response: {} },
        authorize: (given) =>
          authorize(passkey, given, outcome, (input) => signInWithPasskey(input.response, headers)),
      }),
      ...oauthConfigs(),
    ],
    secret: cookieSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_DAYS * 86_400 },
    useSecureCookies: hasSecureCookies(headers),
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    callbacks: {
      redirect: ({ url, baseUrl }) => `${baseUrl}${pathOf(url)}`,
      signIn: ({ account, profile }) =>
        account?.type !== 'oauth' ||
        noting(outcome, answerProvider({ account, profile }, headers, { admit, found })),
      // another provider's `user.id` is its own number of the person, never a session of ours
      jwt: ({ token, user, account }) => {
        if (account?.type === 'oauth') return { sid: found.signedIn?.sessionId }
        return account?.type === 'credentials' ? { sid: user.id } : token
      },
      session: async ({ session }) => {
        const signedIn = await noting(outcome, findSession(headers))
        if (!signedIn) throw new Error('session ended') // next-auth answers {} and takes the cookie away
        const { name, email } = signedIn.person
        return { expires: session.expires, user: { name, email } }
      },
    },
    events: {
      signOut: async ({ token }) => {
        const ended = sessionClaims.safeParse(token)
        if (ended.success) await noting(outcome, endSession(ended.data.sid))
      },
    },
    logger: {
      error: (code, detail) => {
        log[/OAUTH/.test(code) ? 'info' : 'debug']('next-auth', { code, reason: reasonOf(detail) })
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  }
}

/** Why a provider's answer was not taken, for who set it up: a wrong secret, a clock, an address. Nothing secret is in it. */
const reasonOf = (detail: Error | { error: Error }) =>
  (detail instanceof Error ? detail : detail.error)?.message

async function noting<T>(outcome: Outcome, asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    outcome.fault = error
    throw error
  })
}

/** Reads what a form brought, signs in with it, and notes what next-auth has no word for. */
async function authorize<T extends z.ZodType>(
  shape: T,
  given: unknown,
  outcome: Outcome,
  enter: (input: z.output<T>) => Promise<SignInResult | { state: 'expired' }>,
) {
  const parsed = shape.safeParse(given)
  if (!parsed.success) return null
  const result = await noting(outcome, enter(parsed.data))
  if (result.state === 'wait') {
    outcome.waitSeconds = result.seconds
    throw new Error('TooManyAttempts')
  }
  if (result.state === 'second_factor') outcome.pending = result.token
  if (result.state === 'expired') outcome.isExpired = true
  if (result.state === 'single_sign_on_required') outcome.needsSingleSignOn = true
  if (result.state !== 'signed_in') return null
  outcome.signedIn = result
  return { id: result.sessionId }
}

/** A form's field that holds JSON; null for anything else. */
function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Where a callback leads inside this site: of an address only the path counts, and only when it is a safe one. */
function pathOf(url: string): string {
  return safeNext(URL.canParse(url) ? url.slice(new URL(url).origin.length) : url)
}

/** Answers one request under /api/auth with next-auth's own route handler, which knows its cookies from Next's request scope. */
export async function answerAuth(request: Request, path: string[], admit: Admit): Promise<Response> {
  if (request.headers.has('origin')) refuseForeignChange(request)
  // next-auth calls both a fault of the server
  if (!ACTIONS.includes(path[0] ?? '')) throw new AppError('not_found')
  if (isCredentials(path) && request.method !== 'POST') throw new AppError('method_not_allowed')
  const outcome: Outcome = { singleSignOn: { cookies: [] } }
  const { method, headers } = request
  const body = await readBody(request)
  const isLeaving = method === 'POST' && path[0] === 'signin'
  if (isLeaving)
    outcome.singleSignOn.cookies.push(await beginIntent(path[1], fieldsOf(request, body), headers))
  // next-auth hands what stands in this address on to the provider, `redirect_uri` and all
  const url = isLeaving ? request.url.replace(/\?.*$/, '') : request.url
  const bounded = new NextRequest(url, { method, headers, body })
  const options = optionsFor(headers, outcome, admit)
  const answer: Response = await NextAuth(bounded, { params: Promise.resolve({ nextauth: path }) }, options)
  if (outcome.fault) throw outcome.fault
  return finish(answer, { request, outcome, isLeaving })
}

/** A form as it is sent by a browser, or by a program as JSON. */
function fieldsOf(request: Request, body = ''): URLSearchParams {
  if (!isJson(request)) return new URLSearchParams(body)
  const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(body))
  return new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
}

const OWN_FORMS = ['credentials', 'mail-link', 'second-factor', 'passkey']

/** By a form of ours: a provider of single sign-on comes back with GET. */
const isCredentials = ([action, provider = '']: string[]) =>
  action === 'callback' && OWN_FORMS.includes(provider)

/** The browser becomes one of the person's, and shows the language and theme that they chose elsewhere. */
function cookiesFor(headers: Headers, { email, locale, theme }: SignedInNow): string[] {
  const flags = `Path=/; Max-Age=${365 * 86_400}; SameSite=Lax${hasSecureCookies(headers) ? '; Secure' : ''}`
  return [
    deviceCookie(headers, email),
    noPendingCookie(headers),
    ...(isLocale(locale) ? [`${LOCALE_COOKIE}=${locale}; ${flags}`] : []),
    ...(isTheme(theme) ? [`${THEME_COOKIE}=${theme}; ${flags}`] : []),
  ]
}

/** What next-auth may read, within bounds and as it was sent. */
async function readBody(request: Request): Promise<string | undefined> {
  if (request.method !== 'POST') return undefined
  if (!isJson(request)) return readText(request, FORM_LIMITS)
  return JSON.stringify(check(z.record(z.string(), z.unknown()), await readJson(request, FORM_LIMITS)))
}

const isJson = ({ headers }: Request) => headers.get('content-type')?.includes('application/json') ?? false

function originOf(request: Request): string {
  const studioUrl = env().STUDIO_URL
  if (studioUrl) return new URL(studioUrl).origin
  const url = new URL(request.url)
  return `${url.protocol}//${request.headers.get('host') ?? url.host}`
}

type Asked = { request: Request; outcome: Outcome; isLeaving: boolean }

/** next-auth's answer with what its callbacks could not say, and with addresses at the place that the browser used. */
async function finish(answer: Response, { request, outcome, isLeaving }: Asked): Promise<Response> {
  const { singleSignOn, waitSeconds, pending, isExpired } = outcome
  if (pending) return refuse('second_factor_required', pendingCookie(request.headers, pending))
  if (isExpired) return refuse('sign_in_expired', noPendingCookie(request.headers))
  if (outcome.needsSingleSignOn) return refuse('single_sign_on_required')
  const signedIn = outcome.signedIn ?? singleSignOn.signedIn
  const headers = new Headers(answer.headers)
  headers.set('cache-control', 'no-store')
  const origin = originOf(request)
  const moved = (address: string) => movedTo(origin, address, isLeaving)
  const location = singleSignOn.path ?? headers.get('location')
  if (location) headers.set('location', moved(location))
  for (const cookie of signedIn ? cookiesFor(request.headers, signedIn) : [])
    headers.append('set-cookie', cookie)
  for (const cookie of singleSignOn.cookies) headers.append('set-cookie', cookie)
  if (waitSeconds !== undefined) headers.set('retry-after', String(waitSeconds))
  const status = waitSeconds === undefined ? answer.status : 429
  const text = await answer.text()
  refuseWrongCsrfToken(location ?? text)
  if (!headers.get('content-type')?.includes('application/json'))
    return new Response(text, { status, headers })
  const body: unknown = JSON.parse(text)
  const withAddress = (name: string, value: unknown) => (name === 'url' ? moved(String(value)) : value)
  return new Response(JSON.stringify(body, withAddress), { status, headers })
}

/** next-auth answers a form whose CSRF token is not this browser's with success and the address of another form. */
function refuseWrongCsrfToken(answered: string): void {
  if (/\/api\/auth\/sign(in|out)\?csrf=true\b/.test(answered))
    throw new AppError('origin_mismatch', {
      detail: 'The CSRF token of the form is not the one of this browser.',
    })
}

/** Nobody is signed in by this request, and the page is told which form comes next. */
function refuse(reason: string, cookie?: string): Response {
  const headers = { 'cache-control': 'no-store', ...(cookie && { 'set-cookie': cookie }) }
  return Response.json({ code: reason }, { status: 401, headers })
}

/**
 * next-auth would need the place configured, and takes it from settings of its own that may be left over. Only who
 * leaves for a provider goes elsewhere, unless next-auth could not reach it.
 */
function movedTo(origin: string, address: string, isLeaving: boolean): string {
  const url = new URL(address, origin)
  if (isLeaving && !/^\/api\/auth\/(error|signin)$/.test(url.pathname)) return address
  return `${origin}${url.pathname}${url.search}${url.hash}`
}
