import { Link } from '@/components/ui/link'
import { getTranslations } from '@/lib/i18n/translations'

/** For the foot of the pages that lead beside the sign-in. */
export async function BackToSignIn() {
  const t = await getTranslations('auth')
  return (
    <Link href="/sign-in" className="touch underline decoration-line-2 underline-offset-3">
      {t('link.back')}
    </Link>
  )
}
