import type { ProviderId, SignInProvider } from '@/lib/account/identity'

/** What people call a way to sign in elsewhere; `t` is that of `auth`. */
export function providerName(
  t: (key: `providers.${Exclude<ProviderId, 'oidc'>}`) => string,
  { id, name }: SignInProvider,
): string {
  return id === 'oidc' ? (name ?? 'SSO') : t(`providers.${id}`)
}
