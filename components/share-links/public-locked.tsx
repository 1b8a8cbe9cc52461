import { PublicFrame } from '@/components/share-links/public-frame'
import { buttonClass } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { getTranslations } from '@/lib/i18n/translations'
import { isolate } from '@/lib/text/isolate'

export type Tried = { kind: 'wrong' } | { kind: 'wait'; seconds: number } | null

/** Asks for the password with a form that posts by itself. */
export async function LockedSharePage({
  token,
  teamName,
  tried,
}: {
  token: string
  teamName: string
  tried: Tried
}) {
  const t = await getTranslations('share')
  const problem =
    tried?.kind === 'wait'
      ? t('public.locked.wait', { seconds: tried.seconds })
      : tried && t('public.locked.wrong')
  return (
    <PublicFrame teamName={teamName}>
      <div className="m-auto w-full max-w-[400px] py-12">
        <h1 className="text-24 font-semibold">{t('public.locked.title', { team: isolate(teamName) })}</h1>
        <p className="mt-2 mb-6 text-16 text-text-2">{t('public.locked.text')}</p>
        <form method="post" action={`/s/${token}/unlock`} className="grid gap-4">
          <Field label={t('public.locked.password')} error={problem ?? undefined}>
            <Input large type="password" name="password" required autoFocus autoComplete="off" />
          </Field>
          <button type="submit" className={buttonClass({ tone: 'gold', size: 'l', block: true })}>
            {t('public.locked.open')}
          </button>
        </form>
      </div>
    </PublicFrame>
  )
}
