import type { Metadata } from 'next'
import { providerName } from '@/components/account/provider-name'
import { PageHead, Section } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { JoinPolicy } from '@/components/single-sign-on/join-policy'
import { PasswordPolicy } from '@/components/single-sign-on/password-policy'
import { requirePageActor, type PageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { getTranslations } from '@/lib/i18n/translations'
import { getSignInPolicy } from '@/lib/single-sign-on/server'
import { isolate } from '@/lib/text/isolate'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('security.title') }
}

export default async function SecurityPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const t = await getTranslations('settings')
  const canSee = can(actor, 'see_sign_in')
  return (
    <>
      <SeenAt place={actor.seenAt} />
      <PageHead title={t('security.title')} lead={t(canSee ? 'security.lead' : 'security.forbidden')} />
      {canSee && <SignInPolicy actor={actor} />}
    </>
  )
}

async function SignInPolicy({ actor }: { actor: PageActor }) {
  const [t, tAuth, policy] = await Promise.all([
    getTranslations('settings'),
    getTranslations('auth'),
    getSignInPolicy(actor),
  ])
  const names = policy.providers.map((provider) => isolate(providerName(tAuth, provider))).join(', ')
  const canChange = can(actor, 'change_sign_in')
  const { joinDomains, requiresSingleSignOn } = policy
  return (
    <>
      <Section title={t('security.methods')}>
        <p className="max-w-[62ch] text-text-2">
          {names ? t('security.methodsLead', { names }) : t('security.missing')}
        </p>
      </Section>
      {names && (
        <>
          <Section title={t('security.join')} lead={t('security.joinLead')}>
            {canChange ? (
              <JoinPolicy team={actor.teamSlug} policy={policy} />
            ) : (
              <p className="text-text-2">{joinDomains.join(', ') || t('security.noDomains')}</p>
            )}
          </Section>
          <Section title={t('security.passwords')} lead={canChange ? undefined : t('team.ownerOnly')}>
            {canChange ? (
              <PasswordPolicy team={actor.teamSlug} policy={policy} />
            ) : (
              <p className="text-text-2">
                {t(requiresSingleSignOn ? 'security.required' : 'security.allowed')}
              </p>
            )}
          </Section>
        </>
      )}
    </>
  )
}
