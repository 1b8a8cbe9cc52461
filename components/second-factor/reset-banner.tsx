import { ShieldAlert } from 'lucide-react'
import { Banner } from '@/components/ui/banner'
import { Link } from '@/components/ui/link'
import { getTranslations } from '@/lib/i18n/translations'

/** Tells a person, wherever they are, that somebody else turned their two-step sign-in off. */
export async function ResetBanner({ team }: { team: string }) {
  const t = await getTranslations('shell')
  return (
    <Banner icon={ShieldAlert} role="alert">
      <b>{t('notices.twoStepReset')}</b>{' '}
      <Link href={`/t/${team}/settings/profile#two-step`}>{t('notices.twoStepResetLink')}</Link>
    </Banner>
  )
}
