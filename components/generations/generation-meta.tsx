'use client'
import { useQuery } from '@tanstack/react-query'
import { GitBranch, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { StatusLine } from '@/components/generations/status-line'
import { useSourceNames } from '@/components/generations/use-source-names'
import { useSpending } from '@/components/generations/use-spending'
import { usePersonName } from '@/components/people/person-name'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { generationQueries } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'
import { isolate } from '@/lib/text/isolate'

type MetaProps = { generation: Generation; siblings: number; onGroup: () => void }

/** Where it stands while it is open, style, ratio, maker, time and price in one quiet line, and how many generations the group has. */
export function GenerationMeta({ generation, siblings, onGroup }: MetaProps) {
  const t = useTranslations('generations')
  const relative = useRelativeTime()
  const { person } = useComposer()
  const spending = useSpending()
  const nameOf = usePersonName()
  const source = useSourceName(generation)
  const parts: ReactNode[] = [
    source,
    generation.ratio,
    ...(generation.private ? [<Private key="private" />] : []),
    generation.maker.id === person.id ? t('you') : isolate(nameOf(generation.maker.name)),
    ...(generation.madeWith ? [t('madeWith', { key: isolate(generation.madeWith.name) })] : []),
    ...(isOpen(generation.status)
      ? []
      : [
          <time key="time" dateTime={generation.createdAt} suppressHydrationWarning>
            {relative(generation.createdAt)}
          </time>,
        ]),
    ...(isUnsure(generation) ? [] : spending(generation.spent)),
  ]
  return (
    <div className="col-span-full flex flex-wrap items-center gap-y-0.5 text-13 text-text-3">
      {isOpen(generation.status) && <StatusLine generation={generation} />}
      <span className={isOpen(generation.status) ? 'phone:sr-only' : undefined}>
        {parts.map((part, index) => (
          <span key={index}>
            {index > 0 && (
              <span aria-hidden className="mx-[7px]">
                ·
              </span>
            )}
            {part}
          </span>
        ))}
      </span>
      {siblings > 1 && <GroupCount generation={generation} onGroup={onGroup} />}
    </div>
  )
}

function Private() {
  const t = useTranslations('generations')
  return (
    <span className="inline-flex items-center gap-1 text-text-2" title={t('privateHint')}>
      <Lock aria-hidden className="size-3.5" />
      {t('private')}
    </span>
  )
}

/** A fall of the balances says nothing about the price while nobody knows the end, or after somebody said it was free. */
const isUnsure = ({ status, resolution }: Generation) => status === 'unknown' || resolution === 'not_charged'

/** Counted by the server once the feed shows that there are several: older ones may not be loaded. */
function GroupCount({ generation, onGroup }: { generation: Generation; onGroup: () => void }) {
  const t = useTranslations('generations')
  const { team } = useComposer()
  const { data } = useQuery(generationQueries.group(team, generation.groupId))
  if (!data) return null
  return (
    <button
      type="button"
      onClick={onGroup}
      className="touch ml-2 inline-flex items-center gap-1.5 rounded-s px-1.5 text-text-2 hover:bg-hover hover:text-text"
    >
      <GitBranch aria-hidden className="size-3.5" />
      {t(data.nextCursor ? 'groupMore' : 'group', { count: data.items.length })}
    </button>
  )
}

/** What it started from, in words. */
export function useSourceName({ source }: Pick<Generation, 'source'>): string {
  return useSourceNames(useComposer().team)(source)
}
