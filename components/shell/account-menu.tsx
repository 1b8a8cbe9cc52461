'use client'
import {
  ChevronsUpDown,
  Keyboard,
  Languages,
  LogOut,
  Moon,
  Plus,
  Sun,
  SunMoon,
  UserRound,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { signOut } from '@/lib/auth/client'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { Avatar } from '@/components/ui/avatar'
import { Menu, type MenuEntry } from '@/components/ui/menu'
import { chooseLocale, chooseTheme } from '@/components/shell/preferences'
import { openShortcuts } from '@/components/shell/open-overlay'
import { LOCALES, THEMES } from '@/lib/locales'
import type { MyTeam } from '@/lib/teams/schema'

const themeIcons = { dark: Moon, light: Sun, system: SunMoon }

type AccountMenuProps = {
  person: { name: string; email: string }
  team: MyTeam
  teams: MyTeam[]
  mayAddTeam: boolean
}

/** Whose studio this is: teams to switch to, language, theme, profile, sign out. */
export function AccountMenu({ person, team, teams, mayAddTeam }: AccountMenuProps) {
  const t = useTranslations('shell')
  const router = useRouter()
  const locale = useLocale()
  const entries: MenuEntry[] = [
    { kind: 'label', label: person.email },
    ...teams.map(({ slug, name, role }) => ({
      label: name,
      hint: t(`roles.${role}`),
      isChecked: slug === team.slug,
      onSelect: () => router.push(`/t/${slug}/create`),
    })),
    ...(mayAddTeam
      ? [{ label: t('account.addTeam'), icon: Plus, href: `/t/${team.slug}/settings/team#new` }]
      : []),
    { kind: 'separator' },
    { kind: 'label', label: t('account.theme') },
    ...THEMES.map((theme) => ({
      label: t(`theme.${theme}`),
      icon: themeIcons[theme],
      onSelect: () => chooseTheme(theme),
    })),
    { kind: 'separator' },
    { kind: 'label', label: t('account.language') },
    ...LOCALES.map((name) => ({
      label: t(`language.${name}`),
      icon: Languages,
      isChecked: name === locale,
      onSelect: () => void chooseLocale(name).then(() => router.refresh()),
    })),
    { kind: 'separator' },
    { label: t('account.profile'), icon: UserRound, href: `/t/${team.slug}/settings/profile` },
    { label: t('shortcuts.title'), icon: Keyboard, hint: '?', onSelect: openShortcuts },
    { label: t('account.signOut'), icon: LogOut, onSelect: () => void signOut() },
  ]
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-9 min-w-0 shrink-0 items-center gap-2.5 rounded-m px-1.5 font-medium hover:bg-hover phone:h-11"
        >
          <Avatar name={person.name} />
          <span className="sr-only">{t('account.open', { name: person.name, team: team.name })}</span>
          <span aria-hidden className="max-w-44 truncate phone:hidden">
            {team.name}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 text-text-3 phone:hidden" />
        </button>
      }
      entries={entries}
    />
  )
}
