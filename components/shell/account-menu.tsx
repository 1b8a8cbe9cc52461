'use client'
import { ChevronsUpDown } from 'lucide-react'
import { lazy } from 'react'
import { useTranslations } from 'use-intl/react'
import type { AccountMenuProps } from '@/components/shell/account-menu-popup'
import { Avatar } from '@/components/ui/avatar'
import { MenuButton } from '@/components/ui/menu'
import { untilLoaded } from '@/components/ui/on-demand'

const load = () =>
  import('@/components/shell/account-menu-popup').then((module) => ({ default: module.AccountMenuPopup }))
const AccountMenuPopup = lazy(() => untilLoaded(load))

/** Whose studio this is, and the way to everything of one's own. */
export function AccountMenu(props: AccountMenuProps) {
  const t = useTranslations('shell')
  const { person, team } = props
  const trigger = (
    <button
      type="button"
      className="flex h-9 min-w-0 shrink-0 items-center gap-2.5 rounded-m px-1.5 font-medium hover:bg-hover phone:h-11"
    >
      <Avatar name={person.name} />
      <span className="sr-only">{t('account.open', { name: person.name, team: team.name })}</span>
      <span aria-hidden dir="auto" className="max-w-44 truncate phone:hidden">
        {team.name}
      </span>
      <ChevronsUpDown aria-hidden className="size-4 text-text-3 phone:hidden" />
    </button>
  )
  return (
    <MenuButton trigger={trigger} load={load}>
      <AccountMenuPopup {...props} trigger={trigger} />
    </MenuButton>
  )
}
