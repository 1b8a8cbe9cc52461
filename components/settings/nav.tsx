'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { settingsGroups } from '@/components/settings/pages'
import type { Role } from '@/lib/access/roles'

/** The pages of the settings: at the side, on phones as a row that scrolls. */
export function SettingsNav({ team, role }: { team: string; role: Role }) {
  const t = useTranslations('settings')
  const path = usePathname()
  const ref = useRef<HTMLElement>(null)
  useEffect(() => showCurrent(ref.current), [path])
  return (
    <nav
      ref={ref}
      aria-label={t('navigation')}
      className="relative no-scrollbar flex gap-1 overflow-x-auto px-4 pt-3 desk:sticky desk:top-(--bar-height) desk:block desk:self-start desk:py-7"
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

/** The row of a phone begins where the open page is. */
function showCurrent(row: HTMLElement | null): void {
  const current = row?.querySelector<HTMLElement>('[aria-current]')
  if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
}
