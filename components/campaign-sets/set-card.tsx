import { Grid2x2 } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { SetActs } from '@/components/campaign-sets/set-acts'
import type { SetHead } from '@/components/campaign-sets/set-head'
import { SetProgressLine } from '@/components/campaign-sets/set-progress'
import { useComposer } from '@/components/composer/composer-context'
import { PendingTiles } from '@/components/generations/pending-tiles'
import { imagePath, openOver } from '@/components/images/address'
import { canChange } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { usePersonName } from '@/components/people/person-name'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Thumb } from '@/components/ui/thumb'
import { useRelativeTime } from '@/components/ui/use-relative-time'
import { isOpen } from '@/lib/generations/status'
import { isolate } from '@/lib/text/isolate'
import { aspectOf } from '@/lib/upstream/ratios'

/** A set in the feed, as one card: how far it is, what can be done with it, its first images. */
export function SetCard({ generation }: { generation: SetHead }) {
  const t = useTranslations('sets')
  const nameOf = usePersonName()
  const relative = useRelativeTime()
  const { team } = useComposer()
  const viewer = useViewer()
  const { set, maker, status, ratio, source, sample } = generation
  const when = relative(generation.createdAt)
  return (
    <article aria-label={set.name} data-set={set.id}>
      <header className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1.5">
          <h3 dir="auto" className="flex min-w-0 items-center gap-2 text-15 font-medium">
            <Grid2x2 aria-hidden className="size-4 shrink-0 text-text-3" />
            <Link
              href={`/t/${team}/sets/${set.id}`}
              className="touch line-clamp-2 wrap-anywhere hover:underline"
            >
              {set.name}
            </Link>
          </h3>
          <p className="text-13 text-text-3" suppressHydrationWarning>
            {t('by', { name: isolate(nameOf(maker.name)), when })}
          </p>
          <SetProgressLine paused={set.paused} progress={set.progress} />
        </div>
        <div className="flex flex-wrap gap-2">
          {canChange(viewer, maker.id) && <SetActs team={team} set={set} sample={sample} />}
          <Link
            href={`/t/${team}/sets/${set.id}`}
            aria-label={`${t('acts.open')}: ${isolate(set.name)}`}
            className={buttonClass()}
          >
            {t('acts.open')}
          </Link>
        </div>
      </header>
      <Covers team={team} set={set} />
      {set.progress.covers.length === 0 && isOpen(status) && (
        <PendingTiles
          ratio={ratio}
          sample={1}
          styleId={source.kind === 'style' ? source.styleId : undefined}
        />
      )}
    </article>
  )
}

/** The first images of the set's cells in one row, and how many cells have more. */
function Covers({ team, set }: { team: string; set: SetHead['set'] }) {
  const t = useTranslations('sets.cell')
  const { covers, succeeded } = set.progress
  const more = succeeded - covers.length
  return (
    <ul className="flex flex-wrap gap-2 empty:hidden phone:gap-1.5">
      {covers.map(({ id, ratio }, index) => (
        <li key={id} className="h-40 overflow-hidden rounded-s bg-skeleton phone:h-28">
          <Link
            href={imagePath(team, id)}
            onClick={openOver}
            aria-label={t('open', { index: index + 1, prompt: isolate(set.name) })}
            style={{ aspectRatio: aspectOf(ratio) }}
            className="block h-full -outline-offset-2!"
          >
            <Thumb src={`/i/${id}/thumb`} />
          </Link>
        </li>
      ))}
      {more > 0 && (
        <li className="h-40 phone:h-28">
          <Link
            href={`/t/${team}/sets/${set.id}`}
            aria-label={t('more', { count: more, name: isolate(set.name) })}
            className="grid h-full w-20 place-items-center rounded-s bg-field text-15 font-medium text-text-2 hover:bg-hover hover:text-text"
          >
            +{more}
          </Link>
        </li>
      )}
    </ul>
  )
}
