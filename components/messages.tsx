import type { ReactNode } from 'react'
import { Intl } from '@/components/intl'
import { loadMessages, type Namespace } from '@/lib/i18n/messages'
import { getLocale, getTimeZone } from '@/lib/i18n/translations'

const EVERYWHERE: Namespace[] = ['common']

/** Hands the sentences of some namespaces to the client components below; `common` always comes along. */
export async function Messages({ namespaces, children }: { namespaces: Namespace[]; children: ReactNode }) {
  const locale = await getLocale()
  return (
    <Intl
      locale={locale}
      messages={await loadMessages(locale, [...EVERYWHERE, ...namespaces])}
      timeZone={getTimeZone()}
    >
      {children}
    </Intl>
  )
}
