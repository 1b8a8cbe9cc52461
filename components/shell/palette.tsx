'use client'
import { useQuery } from '@tanstack/react-query'
import {
  CornerDownLeft,
  Languages,
  Moon,
  Palette as PaletteIcon,
  Search,
  Sun,
  SunMoon,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { PAGES, pageIcons, pagePath } from '@/components/shell/navigation'
import { chooseLocale, chooseTheme } from '@/components/shell/preferences'
import { cn } from '@/components/ui/cn'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { LOCALES, THEMES } from '@/lib/i18n/locales'
import { styleQueries } from '@/lib/styles/client'
import { nameOf } from '@/lib/styles/style-name'
import type { MyTeam } from '@/lib/teams/schema'
import { enterKeys } from '@/lib/text/enter-keys'
import { isolate } from '@/lib/text/isolate'
import { matches } from '@/lib/text/search'
import { shortcutOf } from '@/lib/text/shortcut'

type Command = { id: string; label: string; group: string; words: string; icon: LucideIcon; run: () => void }

const themeIcons = { dark: Moon, light: Sun, system: SunMoon }
const SHOWN = 40

/** Everything one can go to or switch, found by typing in either language. */
export function Palette({ team, teams, onClose }: { team: string; teams: MyTeam[]; onClose: () => void }) {
  const t = useTranslations('shell')
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const [enter] = useState(() => enterKeys({ mod: false }))
  const commands = useCommands(team, teams)
  const found = commands.filter(({ label, words }) => matches(query, [`${label} ${words}`])).slice(0, SHOWN)
  const search = useSearch(team, query.trim())
  const shown = search ? [...found, search] : found
  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[shortcutOf(event.nativeEvent) ?? '']
    if (step) {
      event.preventDefault()
      setActive((now) => (now + step + shown.length) % Math.max(1, shown.length))
    } else if (enter.keyDown(event.nativeEvent)) {
      event.preventDefault()
      run(shown[active])
    }
  }
  return (
    <Dialog title={t('palette.title')} hideHeader isOpen onClose={onClose} width="m">
      <Input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={shown[active] ? `palette-${shown[active].id}` : undefined}
        aria-label={t('palette.open')}
        placeholder={t('palette.placeholder')}
        before={<Search aria-hidden className="size-[18px] text-text-3" />}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
        onKeyUp={(event) => enter.keyUp(event)}
        onCompositionEnd={(event) => enter.compositionEnd(event.data) && run(shown[active])}
        large
      />
      <ul
        id="palette-list"
        role="listbox"
        aria-label={t('palette.title')}
        className="mt-2 -mr-2 h-[min(380px,50dvh)] overflow-y-auto pr-2"
      >
        {shown.length === 0 && <li className="p-4 text-14 text-text-3">{t('palette.nothing')}</li>}
        {shown.map((command, index) => (
          <Row
            key={command.id}
            command={command}
            isActive={index === active}
            onPick={() => run(command)}
            onHover={() => setActive(index)}
          />
        ))}
      </ul>
    </Dialog>
  )
}

function Row({
  command,
  isActive,
  onPick,
  onHover,
}: {
  command: Command
  isActive: boolean
  onPick: () => void
  onHover: () => void
}) {
  const { id, icon: Icon, label, group } = command
  return (
    <li
      id={`palette-${id}`}
      role="option"
      aria-selected={isActive}
      onClick={onPick}
      onPointerMove={onHover}
      className={cn(
        'flex min-h-10 cursor-pointer items-center gap-3 rounded-s px-3 text-14 phone:min-h-11',
        isActive && 'bg-hover',
      )}
    >
      <Icon aria-hidden className="size-4 text-text-3" />
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {label}
      </span>
      <span className="text-12 text-text-3">{group}</span>
      {isActive && <CornerDownLeft aria-hidden className="size-3.5 text-text-3" />}
    </li>
  )
}

function useSearch(team: string, query: string): Command | null {
  const t = useTranslations('shell')
  const router = useRouter()
  if (query === '') return null
  const label = t('palette.searchImages', { query: isolate(query) })
  const run = () => router.push(`/t/${team}/gallery?q=${encodeURIComponent(query)}`)
  return { id: 'search', label, group: '', words: '', icon: Search, run }
}

function useCommands(team: string, teams: MyTeam[]): Command[] {
  const t = useTranslations('shell')
  const router = useRouter()
  const locale = useLocale()
  const { data: styles } = useQuery(styleQueries.list(team))
  return useMemo(
    () => [
      ...PAGES.map((page) => ({
        id: page,
        label: t(`nav.${page}`),
        group: t('palette.go'),
        words: t(`palette.words.${page}`),
        icon: pageIcons[page],
        run: () => router.push(pagePath(team, page)),
      })),
      ...(styles?.items ?? []).map((style) => ({
        id: `style-${style.id}`,
        label: nameOf(style, locale),
        group: t('palette.style'),
        words: `${style.nameKo} ${style.nameEn} ${style.styleId}`,
        icon: PaletteIcon,
        run: () => router.push(`/t/${team}/create?style=${style.styleId}`),
      })),
      ...teams.map(({ slug, name }) => ({
        id: `team-${slug}`,
        label: name,
        group: t('palette.team'),
        words: slug,
        icon: Users,
        run: () => router.push(`/t/${slug}/create`),
      })),
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
        run: () => void chooseLocale(name).then(() => router.refresh()),
      })),
    ],
    [team, teams, styles, t, router, locale],
  )
}
