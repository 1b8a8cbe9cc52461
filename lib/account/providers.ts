import 'server-only'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { z } from 'zod'
import { PROVIDER_IDS, type ProviderId, type SignInProvider } from '@/lib/account/identity'
import { env, type Env } from '@/lib/platform/env'

const TIMEOUT_MS = 10_000

type Profile = Record<string, unknown>
type Config = OAuthConfig<Profile>
type Peer = Parameters<NonNullable<Exclude<Config['userinfo'], string | undefined>['request']>>[0]['client']
type Tokens = Awaited<ReturnType<Peer['callback']>>
/** What differs from provider to provider. */
type Kind = Pick<Config, 'idToken' | 'wellKnown' | 'client'> & {
  checks: NonNullable<Config['checks']>
  authorization: { url?: string; params: Record<string, string> }
  tokenUrl?: string
  profileUrl?: string
  /** Asked for in the exchange of the code as well. */
  repeatsState?: boolean
  /** Everything that the provider says of the person. */
  readProfile: (peer: Peer, tokens: Tokens) => Promise<Profile>
}
type Client = { clientId: string; clientSecret: string; name: string | null; kind: Kind }

/** The ways to sign in elsewhere that are configured, in the order in which they are shown. */
export function signInProviders(): SignInProvider[] {
  return PROVIDER_IDS.flatMap((id) => {
    const client = clientOf(id)
    return client ? [{ id, name: client.name }] : []
  })
}

export const isConfigured = (id: string): boolean => signInProviders().some((provider) => provider.id === id)

/** The same as next-auth takes them. */
export function oauthConfigs(): Config[] {
  return PROVIDER_IDS.flatMap((id) => {
    const client = clientOf(id)
    return client ? [configOf(id, client)] : []
  })
}

/** Where the provider sends people back to: STUDIO_URL alone decides, never what a request says of itself. */
function callbackOf(id: ProviderId): string {
  return `${env().STUDIO_URL}/api/auth/callback/${id}`
}

function configOf(id: ProviderId, { clientId, clientSecret, kind }: Client): Config {
  const redirectUri = callbackOf(id)
  const { authorization } = kind
  let checked: Tokens // set by the exchange, which comes before the profile is read
  return {
    id,
    name: id,
    type: 'oauth',
    clientId,
    clientSecret,
    httpOptions: { timeout: TIMEOUT_MS },
    wellKnown: kind.wellKnown,
    idToken: kind.idToken,
    checks: kind.checks,
    client: kind.client,
    authorization: { ...authorization, params: { ...authorization.params, redirect_uri: redirectUri } },
    token: {
      url: kind.tokenUrl,
      // next-auth would name an address of its own
      request: async ({ client, params, checks }) => {
        const exchangeBody = kind.repeatsState ? { state: params.state } : {}
        checked = kind.idToken
          ? await client.callback(redirectUri, params, checks, { exchangeBody })
          : await client.oauthCallback(redirectUri, params, checks, { exchangeBody })
        return { tokens: checked }
      },
    },
    userinfo: { url: kind.profileUrl, request: ({ client }) => kind.readProfile(client, checked) },
    // who it is, is read from the whole answer in `signIn`
    profile: (profile) => ({ id: String(profile.sub ?? profile.id ?? 'nobody') }),
  }
}

function clientOf(id: ProviderId): Client | null {
  const { clientId, clientSecret, kind, name } = settings[id](env())
  return clientId && clientSecret && kind ? { clientId, clientSecret, kind, name: name ?? null } : null
}

type Settings = { clientId?: string; clientSecret?: string; kind?: Kind; name?: string }

const settings: Record<ProviderId, (env: Env) => Settings> = {
  oidc: (env) => ({
    clientId: env.OIDC_CLIENT_ID,
    clientSecret: env.OIDC_CLIENT_SECRET,
    name: env.OIDC_NAME,
    kind: env.OIDC_ISSUER ? openIdConnect(env.OIDC_ISSUER, {}) : undefined,
  }),
  google: (env) => ({
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
    // who has several accounts there chooses
    kind: openIdConnect(env.GOOGLE_URL ?? 'https://accounts.google.com', { prompt: 'select_account' }),
  }),
  kakao: (env) => ({
    clientId: env.KAKAO_CLIENT_ID,
    clientSecret: env.KAKAO_CLIENT_SECRET,
    kind: oauth({
      authorize: `${env.KAKAO_URL ?? 'https://kauth.kakao.com'}/oauth/authorize`,
      token: `${env.KAKAO_URL ?? 'https://kauth.kakao.com'}/oauth/token`,
      profile: `${env.KAKAO_URL ?? 'https://kapi.kakao.com'}/v2/user/me`,
      scope: 'account_email profile_nickname',
    }),
  }),
  naver: (env) => ({
    clientId: env.NAVER_CLIENT_ID,
    clientSecret: env.NAVER_CLIENT_SECRET,
    kind: {
      ...oauth({
        authorize: `${env.NAVER_URL ?? 'https://nid.naver.com'}/oauth2.0/authorize`,
        token: `${env.NAVER_URL ?? 'https://nid.naver.com'}/oauth2.0/token`,
        profile: `${env.NAVER_URL ?? 'https://openapi.naver.com'}/v1/nid/me`,
        scope: '',
      }),
      repeatsState: true,
    },
  }),
  github: (env) => ({
    clientId: env.GITHUB_CLIENT_ID,
    clientSecret: env.GITHUB_CLIENT_SECRET,
    kind: github(env.GITHUB_URL),
  }),
}

/** A provider of the standard: everything else is in its discovery document. */
function openIdConnect(issuer: string, params: Record<string, string>): Kind {
  return {
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile', ...params } },
    // the token is checked by now; many providers leave the address out of it
    readProfile: async (peer, tokens) => {
      const claims = tokens.claims()
      if (claims.email || !peer.issuer.metadata.userinfo_endpoint) return claims
      return { ...(await peer.userinfo(tokens)), ...claims }
    },
  }
}

type Endpoints = { authorize: string; token: string; profile: string; scope: string }

/** Before OpenID Connect; these two document the client's secret as a parameter. */
function oauth({ authorize, token, profile, scope }: Endpoints): Kind {
  return {
    idToken: false,
    checks: ['state'],
    client: { token_endpoint_auth_method: 'client_secret_post' },
    authorization: { url: authorize, params: { scope } },
    tokenUrl: token,
    profileUrl: profile,
    readProfile: (peer, tokens) => peer.userinfo(tokens),
  }
}

/** github.com, or an own GitHub Enterprise Server. */
function github(own: string | undefined): Kind {
  const [web, api] = own ? [own, `${own}/api/v3`] : ['https://github.com', 'https://api.github.com']
  return {
    ...oauth({
      authorize: `${web}/login/oauth/authorize`,
      token: `${web}/login/oauth/access_token`,
      profile: `${api}/user`,
      scope: 'read:user user:email',
    }),
    checks: ['pkce', 'state'],
    readProfile: async (peer, tokens) => ({
      ...(await peer.userinfo(tokens)),
      emails: await readEmails(`${api}/user/emails`, tokens.access_token ?? ''),
    }),
  }
}

const githubEmails = z.array(z.unknown())

async function readEmails(url: string, accessToken: string): Promise<unknown[]> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/vnd.github+json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  })
  if (!answer.ok) return [] // not consented to: an account without an address
  return githubEmails.parse(await answer.json())
}
