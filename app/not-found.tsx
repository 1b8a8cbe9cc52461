import { LonePage } from '@/components/shell/lone-page'
import { buttonClass } from '@/components/ui/button'
import { findPagePerson, teamInAddress } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { findWayOut } from '@/lib/members/former'
import { isolate } from '@/lib/text/isolate'

export default async function NotFound() {
  const t = await getTranslations('common')
  const wayOut = await findPageWayOut()
  return (
    <LonePage
      title={wayOut ? t(`wayOut.${wayOut.state}.title`, { team: isolate(wayOut.team) }) : t('notFound.title')}
      action={
        // eslint-disable-next-line @next/next/no-html-link-for-pages -- every page carries this one's code: <Link> is 3 KB
        <a href="/" className={buttonClass({ tone: 'inverse' })}>
          {t('notFound.home')}
        </a>
      }
    >
      {wayOut ? t(`wayOut.${wayOut.state}.text`) : t('notFound.text')}
    </LonePage>
  )
}

/** Whoever came out of the team while they worked reads why: to strangers it does not exist. */
async function findPageWayOut() {
  const team = await teamInAddress()
  const session = team === null ? null : await findPagePerson()
  return team !== null && session ? findWayOut(session, team) : null
}
