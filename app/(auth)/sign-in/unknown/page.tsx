import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { Entry, EntryTitle } from '@/components/account/entry'
import { providerName } from '@/components/account/provider-name'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { signInProviders } from '@/lib/account/providers'
import { identityCookie } from '@/lib/account/sign-in-intent'
import { getTranslations } from '@/lib/i18n/translations'
import { isolate } from '@/lib/text/isolate'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('signIn.title') }
}

/** For who is somebody elsewhere but nobody here: whom they ask, and what to do when they are a member already. */
export default async function UnknownPage() {
  const identity = identityCookie.read(await headers())
  if (!identity) redirect('/sign-in')
  const t = await getTranslations('auth')
  const known = signInProviders().find(({ id }) => id === identity.provider)
  const provider = isolate(providerName(t, known ?? { id: identity.provider, name: null }))
  return (
    <Entry>
      <EntryTitle title={t('unknown.title')}>
        {identity.email
          ? t('unknown.text', { provider, email: isolate(identity.email) })
          : t('unknown.textNoEmail', { provider })}
      </EntryTitle>
      <div className="grid grid-cols-1 gap-4 text-15 text-text-2">
        <p>{t('unknown.ask', { provider })}</p>
        <p>{t('unknown.have', { provider })}</p>
        <Link href="/sign-in" className={buttonClass({ size: 'l', block: true })}>
          {t('unknown.back')}
        </Link>
      </div>
    </Entry>
  )
}
