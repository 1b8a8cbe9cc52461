'use client'
import { ArrowDownToLine } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { Section } from '@/components/settings/section'
import { buttonClass } from '@/components/ui/button'
import { OWN_DATA } from '@/lib/people/client'

/** Everything of a person as a file. */
export function OwnData() {
  const t = useTranslations('settings.account')
  return (
    <Section title={t('data')} lead={t('dataLead')}>
      <a href={OWN_DATA} download className={buttonClass()}>
        <ArrowDownToLine aria-hidden className="size-4" />
        {t('dataDo')}
      </a>
    </Section>
  )
}
