/** The ways to sign in elsewhere; `oidc` is the one that the operator names. */
export const PROVIDER_IDS = ['oidc', 'google', 'kakao', 'naver', 'github'] as const
export type ProviderId = (typeof PROVIDER_IDS)[number]

export const isProviderId = (value: unknown): value is ProviderId => PROVIDER_IDS.some((id) => id === value)

/** One that is configured. `name` is the operator's for `oidc`, null where people know the provider's own. */
export type SignInProvider = { id: ProviderId; name: string | null }

/** Whom a provider says it saw. Only `provider` and `subject` together name somebody. */
export type Identity = {
  provider: ProviderId
  /** The provider's own, unchanging name of the person. */
  subject: string
  email: string | null
  /** The provider vouches that the address is this person's. */
  isEmailVerified: boolean
  name: string | null
}
