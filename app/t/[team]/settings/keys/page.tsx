import type { Metadata } from 'next'
import { Keys } from '@/components/api-keys/keys'
import { PageHead } from '@/components/settings/section'
import { SeenAt } from '@/components/shell/seen-at'
import { requirePageActor } from '@/lib/access/page'
import { can } from '@/lib/access/permissions'
import { listApiKeys } from '@/lib/api-keys/server'
import { getTranslations } from '@/lib/i18n/translations'

type Props = { params: Promise<{ team: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('keys.title') }
}

export default async function KeysPage({ params }: Props) {
  const actor = await requirePageActor((await params).team)
  const t = await getTranslations('settings')
  return (
    <>
      <SeenAt place={actor.seenAt} />
      {can(actor, 'make_keys') ? (
        <Keys team={actor.teamSlug} scopes={actor.scopes} initial={await listApiKeys(actor)} />
      ) : (
        <PageHead title={t('keys.title')} lead={t('keys.viewer')} />
      )}
    </>
  )
}
