'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CornerDownLeft, ImageIcon, Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useDeferredValue, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { imagePath } from '@/components/images/address'
import { useCommands, type Command, type Where } from '@/components/shell/palette-commands'
import { recentCommands, recentFirst, rememberCommand } from '@/components/shell/palette-recent'
import { cn } from '@/components/ui/cn'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Thumb } from '@/components/ui/thumb'
import { imageQueries } from '@/lib/images/client'
import { enterKeys } from '@/lib/text/enter-keys'
import { isolate } from '@/lib/text/isolate'
import { shorten } from '@/lib/text/letters'
import { matches } from '@/lib/text/search'
import { shortcutOf } from '@/lib/text/shortcut'

const SHOWN = 40
const IMAGES = 5
/** Letters from which on images are looked for. */
const SEARCHED_FROM = 2
const PROMPT_SHOWN = 80

/** Everything one can do, go to or switch, found by typing in either language; what was chosen lately comes first. */
export function Palette({ onClose, ...where }: Where & { onClose: () => void }) {
  const t = useTranslations('shell')
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const [enter] = useState(() => enterKeys({ mod: false }))
  const [recent] = useState(recentCommands)
  const commands = useCommands(where)
  const found = commands.filter(({ label, words }) => matches(query, [`${label} ${words}`]))
  const images = useImages(where.team.slug, query.trim())
  const shown = [...recentFirst(found, recent).slice(0, SHOWN), ...images]
  const run = (command: Command | undefined) => {
    if (!command) return
    rememberCommand(command.id)
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
  const { id, icon: Icon, label, group, image } = command
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
      {image ? (
        <Thumb src={image} className="-mx-1 size-6 shrink-0 rounded-xs" />
      ) : (
        <Icon aria-hidden className="size-4 shrink-0 text-text-3" />
      )}
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {label}
      </span>
      <span className="text-12 text-text-3">{group}</span>
      {isActive && <CornerDownLeft aria-hidden className="size-3.5 text-text-3" />}
    </li>
  )
}

/** Images of the team that the words find, and the way to all of them. */
function useImages(team: string, query: string): Command[] {
  const t = useTranslations('shell.palette')
  const router = useRouter()
  const wanted = useDeferredValue(query)
  const { data } = useQuery({
    ...imageQueries.head(team, { q: wanted }),
    enabled: wanted.length >= SEARCHED_FROM,
    placeholderData: keepPreviousData,
  })
  if (query === '') return []
  const found = query.length < SEARCHED_FROM ? [] : (data?.items.slice(0, IMAGES) ?? [])
  return [
    ...found.map((image) => ({
      id: `image-${image.id}`,
      label: shorten(image.prompt, PROMPT_SHOWN),
      group: t('image'),
      words: '',
      icon: ImageIcon,
      image: image.blurReason ? undefined : image.urls.thumb,
      run: () => window.history.pushState(null, '', imagePath(team, image.id)),
    })),
    {
      id: 'search',
      label: t('searchImages', { query: isolate(query) }),
      group: '',
      words: '',
      icon: Search,
      run: () => router.push(`/t/${team}/gallery?q=${encodeURIComponent(query)}`),
    },
  ]
}
