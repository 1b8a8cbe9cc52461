import 'server-only'
import { isProviderId } from '@/lib/account/identity'
import { signInProviders } from '@/lib/account/providers'
import type { LinkedAccount } from '@/lib/single-sign-on/schema'
import type { Prisma } from '@/prisma/generated/client'

export const selectLinkedAccount = {
  id: true,
  provider: true,
  email: true,
  createdAt: true,
  lastUsedAt: true,
} as const

type Row = Prisma.AccountGetPayload<{ select: typeof selectLinkedAccount }>

export function toLinkedAccount(
  { id, provider, email, createdAt, lastUsedAt }: Row,
  { canUnlink }: Pick<LinkedAccount, 'canUnlink'>,
): LinkedAccount {
  return {
    id,
    provider: isProviderId(provider) ? provider : 'oidc',
    name: signInProviders().find((one) => one.id === provider)?.name ?? null,
    email,
    linkedAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    canUnlink,
  }
}
