import { useTranslations } from 'use-intl/react'

/** How somebody is called; whoever deleted their account has no name any more. */
export function usePersonName(): (name: string) => string {
  const t = useTranslations('common')
  return (name) => name || t('formerMember')
}
