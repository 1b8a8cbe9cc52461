import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { interactionPolicy } from 'oidc-provider'
import { answerLookAlike } from '@/e2e/support/provider-look-alikes'
import { html, readForm, seenAt, type Exchange } from '@/e2e/support/provider-pages'

export const CLIENT = { id: 'studio', secret: 'studio-secret-studio-secret-studio-secret' }

export type IdentityProviders = {
  /** The settings of a studio that offers all of them. `studioUrl` is where they send people back to. */
  env: Record<string, string>
  stop: () => Promise<void>
}

/**
 * A certified OpenID provider, which also stands for Google, and look-alikes of Kakao, Naver and GitHub as these
 * document themselves. Whoever comes types who they are: `minji@onda.example` is that address, proven unless
 * it begins with `unverified`; what follows a `#` makes another account with the same address.
 */
export async function startIdentityProviders(studioUrl: string, port = 0): Promise<IdentityProviders> {
  const server = http.createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo // it listens
  const base = `http://127.0.0.1:${own}`
  const provider = openIdProvider(base, studioUrl)
  const answerProvider = provider.callback()
  server.on('request', (request, response) => {
    const exchange = { request, response, url: new URL(request.url ?? '/', base) }
    const answered = exchange.url.pathname.startsWith('/interaction/')
      ? answerInteraction(provider, exchange)
      : answerLookAlike(exchange, studioUrl)
    answered
      .then((isAnswered) => (isAnswered ? undefined : answerProvider(request, response)))
      .catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  return {
    env: environment(base, studioUrl),
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function environment(base: string, studioUrl: string): Record<string, string> {
  const clients = ['OIDC', 'GOOGLE', 'KAKAO', 'NAVER', 'GITHUB'].flatMap((name) => [
    [`${name}_CLIENT_ID`, CLIENT.id],
    [`${name}_CLIENT_SECRET`, CLIENT.secret],
  ])
  return {
    ...Object.fromEntries(clients),
    STUDIO_URL: studioUrl,
    OIDC_ISSUER: base,
    OIDC_NAME: 'Onda ID',
    GOOGLE_URL: base,
    KAKAO_URL: `${base}/kakao`,
    NAVER_URL: `${base}/naver`,
    GITHUB_URL: `${base}/github`,
  }
}

/** Google knows one prompt more than the standard's server does by itself. */
function policy() {
  const prompts = interactionPolicy.base()
  prompts.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  return prompts
}

function openIdProvider(issuer: string, studioUrl: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: ['oidc', 'google'].map((id) => `${studioUrl}/api/auth/callback/${id}`),
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'hd'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy: policy() },
    cookies: { keys: [randomUUID()] },
    findAccount: (_, login) => ({ accountId: login, claims: () => claimsOf(login) }),
    // nobody is asked what the client may know
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new context.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
}

function claimsOf(login: string) {
  const { email, isVerified, name } = seenAt(login)
  const hd = email.endsWith('@gmail.com') || login.includes('#outside') ? undefined : email.split('@')[1]
  return { sub: `oidc|${login}`, name, email, email_verified: isVerified, hd }
}

async function answerInteraction(provider: Provider, { request, response }: Exchange): Promise<boolean> {
  if (request.method === 'GET') {
    html(response, 'Onda ID')
    return true
  }
  const form = await readForm(request)
  const login = form.get('login')
  const result =
    form.has('cancel') || !login
      ? { error: 'access_denied' }
      : { login: { accountId: login }, select_account: {} }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  return true
}
