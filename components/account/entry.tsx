import type { ReactNode } from 'react'
import { Collage } from '@/components/account/collage'
import { LanguageSwitch } from '@/components/account/language-switch'
import { WrongAddress } from '@/components/account/wrong-address'
import { Logo } from '@/components/ui/logo'
import { ownAddress } from '@/lib/access/page'
import { getTranslations } from '@/lib/i18n/translations'

/** The frame of the pages that people see before they are in: a form beside what the studio is about. */
export async function Entry({ foot, children }: { foot?: ReactNode; children: ReactNode }) {
  const [t, address] = await Promise.all([getTranslations('common'), ownAddress()])
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(480px,5fr)_7fr] phone:grid-cols-1 phone:grid-rows-[200px_1fr]">
      <div className="flex min-w-0 flex-col justify-between px-12 py-8 phone:row-start-2 phone:px-6 phone:pt-2 phone:pb-6">
        <header className="flex items-center gap-2.5 text-15 font-semibold phone:hidden">
          <Logo />
          {t('brand')}
        </header>
        <main className="mx-auto w-full max-w-[368px] py-8 phone:max-w-none phone:py-5">
          <WrongAddress {...address} />
          {children}
        </main>
        <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-13 text-text-3">
          <span>{foot}</span>
          <LanguageSwitch />
        </footer>
      </div>
      <Collage />
    </div>
  )
}

export function EntryTitle({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-7">
      <h1 className="text-32 font-semibold phone:text-24">{title}</h1>
      {children && <div className="mt-2 text-16 text-text-2">{children}</div>}
    </header>
  )
}
