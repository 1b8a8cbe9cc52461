'use client'
import { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl/react'
import { PAGES, pageIcons, pageOf, pagePath } from '@/components/shell/navigation'
import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'

export function DeskTabs({ team }: { team: string }) {
  const t = useTranslations('shell')
  const current = pageOf(usePathname())
  return (
    <nav aria-label={t('navigation')} className="flex h-full gap-1 phone:hidden">
      {PAGES.map((page) => (
        <Link
          key={page}
          href={pagePath(team, page)}
          aria-current={page === current ? 'page' : undefined}
          className={cn(
            'relative flex items-center px-2.5 font-medium',
            page === current ? 'text-text' : 'text-text-3 hover:text-text-2',
          )}
        >
          {t(`nav.${page}`)}
          <Mark isCurrent={page === current} />
        </Link>
      ))}
    </nav>
  )
}

export function PhoneTabs({ team }: { team: string }) {
  const t = useTranslations('shell')
  const current = pageOf(usePathname())
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-20 hidden h-(--nav-height) grid-cols-5 border-t border-line bg-bg phone:grid"
    >
      {PAGES.map((page) => {
        const Icon = pageIcons[page]
        return (
          <Link
            key={page}
            href={pagePath(team, page)}
            aria-current={page === current ? 'page' : undefined}
            className={cn(
              'relative grid content-center justify-items-center gap-1 text-11 font-medium',
              page === current ? 'text-text' : 'text-text-3',
            )}
          >
            <Icon aria-hidden className="size-[22px]" strokeWidth={1.75} />
            {t(`nav.${page}`)}
            <Mark isCurrent={false} />
          </Link>
        )
      })}
    </nav>
  )
}

/** The line under the open page, and, breathing, under one that is on its way: the old page stays until then. */
function Mark({ isCurrent }: { isCurrent: boolean }) {
  const { pending } = useLinkStatus()
  if (!isCurrent && !pending) return null
  return (
    <span
      aria-hidden
      className={cn('absolute inset-x-2.5 -bottom-px h-0.5 bg-text', pending && 'animate-breathe')}
    />
  )
}
