import { useQuery } from '@tanstack/react-query'
import {
  Grid2x2,
  Heart,
  History,
  Keyboard,
  KeyRound,
  Languages,
  LogOut,
  Moon,
  Palette as PaletteIcon,
  Settings,
  Sun,
  SunMoon,
  Trash2,
  UserPlus,
  UserRound,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { settingsGroups } from '@/components/settings/pages'
import { PAGES, pageIcons, pagePath } from '@/components/shell/navigation'
import { openShortcuts } from '@/components/shell/open-overlay'
import { chooseLocale, chooseTheme } from '@/components/shell/preferences'
import { useRefreshAtOnce } from '@/components/shell/refresh'
import { roleCan, type Role } from '@/lib/access/roles'
import { signOut } from '@/lib/account/client'
import { loadHistory } from '@/lib/drafts/storage'
import { LOCALES, THEMES } from '@/lib/i18n/locales'
import { writeFilters } from '@/lib/images/filters'
import { memberQueries } from '@/lib/members/client'
import { styleQueries } from '@/lib/styles/client'
import { nameOf } from '@/lib/styles/style-name'
import type { MyTeam } from '@/lib/teams/schema'
import { shorten } from '@/lib/text/letters'

/** `words` are what it is found by beside its label, in either language; `image` is the address of a small one. */
export type Command = {
  id: string
  label: string
  group: string
  words: string
  icon: LucideIcon
  image?: string
  run: () => void
}

/** Where the palette stands: the page's team and who reads it there. */
export type Where = { team: { id: string; slug: string; role: Role }; personId: string; teams: MyTeam[] }

const themeIcons = { dark: Moon, light: Sun, system: SunMoon }
const PROMPT_SHOWN = 80
const PROMPTS = 20

/** Everything one can do, go to or switch. */
export function useCommands(where: Where): Command[] {
  const acts = useActs(where)
  const places = usePlaces(where)
  const things = useThings(where)
  const switches = useSwitches()
  return useMemo(() => [...places, ...acts, ...things, ...switches], [places, acts, things, switches])
}

function useActs({ team: { slug, role } }: Where): Command[] {
  const t = useTranslations('shell.palette')
  const router = useRouter()
  return useMemo(() => {
    const command = (
      name: 'invite' | 'newKey' | 'sets' | 'favourites' | 'trash' | 'shortcuts' | 'signOut',
      icon: LucideIcon,
      run: () => void,
    ) => ({ id: name, label: t(`acts.${name}`), group: t('act'), words: t(`words.${name}`), icon, run })
    const go = (path: string) => () => router.push(`/t/${slug}/${path}`)
    return [
      ...(roleCan(role, 'manage_members')
        ? [command('invite', UserPlus, go('settings/members#invite'))]
        : []),
      ...(roleCan(role, 'make_keys') ? [command('newKey', KeyRound, go('settings/keys?new=true'))] : []),
      command('sets', Grid2x2, go('sets')),
      command('favourites', Heart, go(`gallery${writeFilters({ favourite: 'true' })}`)),
      command('trash', Trash2, go('trash')),
      command('shortcuts', Keyboard, openShortcuts),
      command('signOut', LogOut, () => void signOut()),
    ]
  }, [slug, role, t, router])
}

function usePlaces({ team: { slug, role }, teams }: Where): Command[] {
  const t = useTranslations('shell')
  const router = useRouter()
  return useMemo(() => {
    const pages = settingsGroups(role).flatMap((group) => group.pages)
    return [
      ...PAGES.map((page) => ({
        id: page,
        label: t(`nav.${page}`),
        group: t('palette.go'),
        words: t(`palette.words.${page}`),
        icon: pageIcons[page],
        run: () => router.push(pagePath(slug, page)),
      })),
      ...pages.map(({ name, path }) => ({
        id: `settings-${name}`,
        label: t(`palette.settings.${name}`),
        group: t('nav.settings'),
        words: t(`palette.words.${name}`),
        icon: Settings,
        run: () => router.push(`/t/${slug}/${path}`),
      })),
      ...teams.map(({ slug: other, name }) => ({
        id: `team-${other}`,
        label: name,
        group: t('palette.team'),
        words: other,
        icon: Users,
        run: () => router.push(`/t/${other}/create`),
      })),
    ]
  }, [slug, role, teams, t, router])
}

/** Styles to generate with, people whose images are looked at, and prompts to use again. */
function useThings({ team: { id: teamId, slug }, personId }: Where): Command[] {
  const t = useTranslations('shell.palette')
  const router = useRouter()
  const locale = useLocale()
  const { data: styles } = useQuery(styleQueries.list(slug))
  const { data: members } = useQuery(memberQueries.list(slug))
  return useMemo(() => {
    const prompts = loadHistory({ tab: sessionStorage, browser: localStorage }, { userId: personId, teamId })
    return [
      ...(styles?.items ?? []).map((style) => ({
        id: `style-${style.id}`,
        label: nameOf(style, locale),
        group: t('style'),
        words: `${style.nameKo} ${style.nameEn} ${style.styleId}`,
        icon: PaletteIcon,
        image: style.thumbnailUrl ?? undefined,
        run: () => router.push(`/t/${slug}/create?style=${style.styleId}`),
      })),
      ...(members?.items ?? []).map((member) => ({
        id: `member-${member.id}`,
        label: member.name,
        group: t('member'),
        words: member.email ?? '',
        icon: UserRound,
        run: () => router.push(`/t/${slug}/gallery${writeFilters({ makerId: member.id })}`),
      })),
      ...prompts.slice(0, PROMPTS).map((prompt, place) => ({
        id: `prompt-${place}`,
        label: shorten(prompt, PROMPT_SHOWN),
        group: t('prompt'),
        words: prompt,
        icon: History,
        run: () => router.push(`/t/${slug}/create?prompt=${encodeURIComponent(prompt)}`),
      })),
    ]
  }, [slug, teamId, personId, styles, members, t, router, locale])
}

function useSwitches(): Command[] {
  const t = useTranslations('shell')
  const refreshAtOnce = useRefreshAtOnce()
  return useMemo(
    () => [
      ...THEMES.map((theme) => ({
        id: `theme-${theme}`,
        label: t(`theme.${theme}`),
        group: t('account.theme'),
        words: t('palette.words.theme'),
        icon: themeIcons[theme],
        run: () => chooseTheme(theme),
      })),
      ...LOCALES.map((name) => ({
        id: `language-${name}`,
        label: t(`language.${name}`),
        group: t('account.language'),
        words: t('palette.words.language'),
        icon: Languages,
        run: () => void chooseLocale(name).then(refreshAtOnce),
      })),
    ],
    [t, refreshAtOnce],
  )
}
