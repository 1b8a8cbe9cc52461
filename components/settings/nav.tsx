'use client'
import { usePathname } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { settingsGroups } from '@/components/settings/pages'
import { Link } from '@/components/ui/link'
import type { Role } from '@/lib/access/roles'

/** The pages of the settings: at the side, on phones as a row that scrolls. */
export function SettingsNav({ team, role }: { team: string; role: Role }) {
  const t = useTranslations('settings')
  const path = usePathname()
  const ref = useRef<HTMLElement>(null)
  const [hidden, setHidden] = useState({ before: false, behind: false })
  const look = () => setHidden(hiddenOf(ref.current))
  useEffect(() => {
    showCurrent(ref.current)
    look()
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [path])
  return (
    <nav
      ref={ref}
      aria-label={t('navigation')}
      data-hidden-before={hidden.before || undefined}
      data-hidden-behind={hidden.behind || undefined}
      onScroll={look}
      className="relative no-scrollbar flex gap-1 overflow-x-auto scroll-edges px-4 pt-3 desk:sticky desk:top-(--bar-height) desk:block desk:self-start desk:py-7"
    >
      {settingsGroups(role).map(({ name, pages }) => (
        <div
          key={name}
          role="group"
          aria-label={t(`groups.${name}`)}
          className="flex gap-1 desk:mb-5 desk:grid desk:gap-0"
        >
          <span aria-hidden className="mb-1.5 hidden px-3 text-12 font-medium text-text-3 desk:block">
            {t(`groups.${name}`)}
          </span>
          {pages.map((page) => (
            <Link
              key={page.name}
              href={`/t/${team}/${page.path}`}
              aria-current={path === `/t/${team}/${page.path}` ? 'page' : undefined}
              className="flex h-9 items-center rounded-s px-3 font-medium whitespace-nowrap text-text-2 hover:text-text aria-[current]:bg-hover aria-[current]:text-text phone:h-11"
            >
              {t(`nav.${page.name}`)}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  )
}

/** Whether pages lie beyond the ends of a phone's row. */
function hiddenOf(row: HTMLElement | null): { before: boolean; behind: boolean } {
  if (!row) return { before: false, behind: false }
  const { scrollLeft, clientWidth, scrollWidth } = row
  const from = Math.abs(scrollLeft) // from right to left it counts down from 0
  return { before: from > 1, behind: from + clientWidth < scrollWidth - 1 }
}

/** The row of a phone begins where the open page is. */
function showCurrent(row: HTMLElement | null): void {
  const current = row?.querySelector<HTMLElement>('[aria-current]')
  if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
}
