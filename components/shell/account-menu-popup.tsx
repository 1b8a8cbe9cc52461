import { Keyboard, Languages, LogOut, Moon, Plus, Sun, SunMoon, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { openShortcuts } from '@/components/shell/open-overlay'
import { chooseLocale, chooseTheme, useTheme } from '@/components/shell/preferences'
import { useRefresh } from '@/components/shell/refresh'
import type { MenuEntry, Trigger } from '@/components/ui/menu-entry'
import { MenuPopup } from '@/components/ui/menu-popup'
import { signOut } from '@/lib/account/client'
import { LOCALES, THEMES } from '@/lib/i18n/locales'
import type { MyTeam } from '@/lib/teams/schema'

export type AccountMenuProps = {
  person: { name: string; email: string }
  team: MyTeam
  teams: MyTeam[]
  canAddTeam: boolean
}

const themeIcons = { dark: Moon, light: Sun, system: SunMoon }

/** The open account menu: teams to switch to, language, theme, profile, sign out. */
export function AccountMenuPopup({
  trigger,
  person,
  team,
  teams,
  canAddTeam,
}: AccountMenuProps & { trigger: Trigger }) {
  const t = useTranslations('shell')
  const router = useRouter()
  const refresh = useRefresh()
  const locale = useLocale()
  const chosenTheme = useTheme()
  const entries: MenuEntry[] = [
    { kind: 'label', label: person.email },
    ...teams.map(({ slug, name, role }) => ({
      label: name,
      hint: t(`roles.${role}`),
      isChecked: slug === team.slug,
      onSelect: () => router.push(`/t/${slug}/create`),
    })),
    ...(canAddTeam
      ? [{ label: t('account.addTeam'), icon: Plus, href: `/t/${team.slug}/settings/team#new` }]
      : []),
    { kind: 'separator' },
    { kind: 'label', label: t('account.theme') },
    ...THEMES.map((theme) => ({
      label: t(`theme.${theme}`),
      icon: themeIcons[theme],
      isChecked: theme === chosenTheme,
      onSelect: () => chooseTheme(theme),
    })),
    { kind: 'separator' },
    { kind: 'label', label: t('account.language') },
    ...LOCALES.map((name) => ({
      label: t(`language.${name}`),
      icon: Languages,
      isChecked: name === locale,
      onSelect: () => void chooseLocale(name).then(refresh),
    })),
    { kind: 'separator' },
    { label: t('account.profile'), icon: UserRound, href: `/t/${team.slug}/settings/profile` },
    { label: t('shortcuts.title'), icon: Keyboard, hint: '?', onSelect: openShortcuts },
    { label: t('account.signOut'), icon: LogOut, onSelect: () => void signOut() },
  ]
  return <MenuPopup trigger={trigger} entries={entries} />
}
