import { Check, TriangleAlert } from 'lucide-react'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { LanguageSwitch } from '@/components/account/language-switch'
import { SetUpForm } from '@/components/account/set-up-form'
import { Step } from '@/components/account/step'
import { WrongAddress } from '@/components/account/wrong-address'
import { Logo } from '@/components/ui/logo'
import { isNameless, ownAddress } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'
import { isSetUp, setUpCode } from '@/lib/setup/server'
import { getHealth } from '@/lib/system/health'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('setUp.title') }
}

export default async function SetUpPage() {
  if (await isSetUp()) redirect('/')
  const [address, t, tCommon, health] = await Promise.all([
    ownAddress(),
    getTranslations('auth'),
    getTranslations('common'),
    getHealth(),
  ])
  const { problem } = health.upstream
  const kind = health.upstream.kind ?? 'sandbox'
  const checks = [
    { isGood: health.database === 'ok', text: t('setUp.databaseOk') },
    {
      isGood: health.storage === 'ok',
      text: t(health.storage === 'ok' ? 'setUp.storageOk' : 'setUp.storageFull'),
    },
    ...(problem ? [{ isGood: false, text: t('setUp.keyProblem', { code: problem }) }] : []),
  ]
  return (
    <main className="mx-auto max-w-[640px] px-6 pt-18 pb-24 phone:px-5 phone:pt-7 phone:pb-16">
      <div className="mb-10 flex items-center justify-between phone:mb-7">
        <span className="flex items-center gap-2.5 text-15 font-semibold">
          <Logo />
          {tCommon('brand')}
        </span>
        <LanguageSwitch />
      </div>
      <h1 className="text-32 font-semibold phone:text-24">{t('setUp.title')}</h1>
      <p className="mt-2 mb-10 text-16 text-text-2 phone:mb-7">{t('setUp.lead')}</p>
      <WrongAddress {...address} isNameless={isNameless(address)} />
      <Step number={1} state="now" title={t('setUp.owner')}>
        <p className="mt-1 text-13 text-text-2">{t('setUp.ownerText')}</p>
        <SetUpForm asksCode={setUpCode() !== null} />
      </Step>
      <Step number={2} state="done" title={t('setUp.source')}>
        <p className="mt-1 text-14 font-medium">{t(`setUp.${kind}`)}</p>
        <p className="mt-0.5 max-w-[62ch] text-13 text-text-2">{t(`setUp.${kind}Text`)}</p>
      </Step>
      <Step number={3} state="later" title={t('setUp.invite')}>
        <p className="mt-0.5 text-13 text-text-2">{t('setUp.inviteText')}</p>
      </Step>
      <ul className="mt-4 grid gap-2 border-t border-line pt-5 text-13 text-text-2">
        {checks.map(({ isGood, text }) => (
          <li key={text} className="flex items-center gap-2">
            {isGood ? (
              <Check aria-hidden className="size-4" />
            ) : (
              <TriangleAlert aria-hidden className="size-4" />
            )}
            {text}
          </li>
        ))}
      </ul>
    </main>
  )
}
