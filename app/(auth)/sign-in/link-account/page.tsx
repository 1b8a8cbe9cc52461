import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Entry, EntryTitle } from '@/components/account/entry'
import { LinkBySignIn } from '@/components/account/link-by-sign-in'
import { providerName } from '@/components/account/provider-name'
import { safeNext } from '@/lib/access/next-path'
import { canUsePasskeysHere } from '@/lib/account/passkey'
import { signInProviders } from '@/lib/account/providers'
import { identityCookie } from '@/lib/account/sign-in-intent'
import { getTranslations } from '@/lib/i18n/translations'
import { isMailOn } from '@/lib/mail/server'
import { isolate } from '@/lib/text/isolate'

type Search = Promise<{ next?: string | string[] }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('signIn.title') }
}

/** A provider vouches for an address that has an account here: its password, once, proves that both are one person. */
export default async function LinkPage({ searchParams }: { searchParams: Search }) {
  const identity = identityCookie.read(await headers())
  if (!identity?.email || !identity.isEmailVerified) redirect('/sign-in')
  const [t, { next }] = await Promise.all([getTranslations('auth'), searchParams])
  const known = signInProviders().find(({ id }) => id === identity.provider)
  const provider = isolate(providerName(t, known ?? { id: identity.provider, name: null }))
  return (
    <Entry>
      <EntryTitle title={t('linkAccount.title', { provider })}>
        {t('linkAccount.text', { email: isolate(identity.email), provider })}
      </EntryTitle>
      <LinkBySignIn
        email={identity.email}
        next={safeNext(Array.isArray(next) ? next[0] : next)}
        hasMail={isMailOn()}
        canUsePasskeys={await canUsePasskeysHere()}
      />
    </Entry>
  )
}
