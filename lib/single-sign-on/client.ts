import { enter, post } from '@/lib/account/client'
import type { ProviderId } from '@/lib/account/identity'
import { api, ApiError } from '@/lib/platform/api-client'
import type { SignInPolicy, UpdateSignInPolicyInput } from '@/lib/single-sign-on/schema'

const accounts = '/api/v1/me/linked-accounts'

type Leaving = {
  /** Where to come back to: a path of this site. */
  next: string
  /** `link` lets the account there sign in the person who is signed in here. */
  purpose: 'sign-in' | 'link'
}

/** Leaves for a provider's own page; it sends the person back. Throws `ApiError`. */
export async function leaveFor(provider: ProviderId, { next, purpose }: Leaving): Promise<void> {
  const response = await post(`/api/auth/signin/${provider}`, { callbackUrl: next, purpose })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new ApiError(response.status, answer)
  enter(answer.url)
}

/** Links the account that this browser came back with to the person who has just signed in. */
export const linkSeenAccount = () => api.post(accounts)

export const unlinkAccount = (id: string) => api.delete(`${accounts}/${id}`)

export const updateSignInPolicy = (team: string, input: UpdateSignInPolicyInput) =>
  api.patch<SignInPolicy>('/api/v1/sign-in-policy', input, { team })
