'use client'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'

/** Ways in beside the form above them, below one "or"; nothing when there is none. */
export function OtherWays({ children }: { children: ReactNode }) {
  const t = useTranslations('auth')
  return (
    <div className="grid grid-cols-1 gap-3">
      <p className="my-1 flex items-center gap-3 text-13 text-text-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line only:hidden">
        {t('signIn.or')}
      </p>
      {children}
    </div>
  )
}
