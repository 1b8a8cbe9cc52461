import { CircleHelp, Clock, ImageOff, Pause } from 'lucide-react'
import type { CSSProperties } from 'react'
import { useTranslations } from 'use-intl/react'
import { useSourceNames } from '@/components/generations/use-source-names'
import { useRefusalWords } from '@/components/generations/use-refusal-words'
import { imagePath, openOver } from '@/components/images/address'
import { Link } from '@/components/ui/link'
import { Thumb } from '@/components/ui/thumb'
import { gridOf } from '@/lib/campaign-sets/grid'
import type { CampaignSetDetails } from '@/lib/campaign-sets/schema'
import type { Generation } from '@/lib/generations/schema'
import { isolate } from '@/lib/text/isolate'
import { aspectOf } from '@/lib/upstream/ratios'

/** What became of each cell: a row for each product, or for each style where there is none. */
export function SetGrid({ team, set }: { team: string; set: CampaignSetDetails }) {
  const t = useTranslations('sets')
  const nameOf = useSourceNames(team)
  const { columns, rows } = gridOf(set)
  const hasProducts = set.products.length > 0
  return (
    <div className="-mx-8 overflow-x-auto px-8 pb-4 phone:-mx-4 phone:px-4">
      <table className="-mx-3 border-separate border-spacing-x-3 border-spacing-y-4 text-left">
        <caption className="sr-only">{t('grid')}</caption>
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 z-10 bg-bg pr-2 text-13 font-medium text-text-3">
              {t(hasProducts ? 'row' : 'rowStyle')}
            </th>
            {columns.map(({ ratio, source }, at) => (
              <th key={at} scope="col" className="align-bottom text-13 font-medium text-text-2">
                {hasProducts && <span className="block truncate text-text">{nameOf(source)}</span>}
                {ratio}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ product, source, cells }, at) => (
            <tr key={at}>
              <th
                scope="row"
                dir="auto"
                className="sticky left-0 z-10 w-40 min-w-32 bg-bg pr-2 align-top text-14 font-medium wrap-anywhere phone:w-28 phone:min-w-24"
              >
                {product ?? nameOf(source)}
              </th>
              {cells.map((cell) => (
                <td key={cell.id} data-status={cell.status} className="align-top">
                  <Cell team={team} cell={cell} isPaused={set.paused} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellProps = { team: string; cell: Generation; isPaused: boolean }

function Cell({ team, cell, isPaused }: CellProps) {
  const t = useTranslations('sets.cell')
  // values that the class list reads
  const style = { '--aspect': aspectOf(cell.ratio), '--across': cell.sample > 1 ? 2 : 1 } as CSSProperties
  if (cell.images.length === 0)
    return (
      <div
        style={{ aspectRatio: aspectOf(cell.ratio) * (cell.sample === 2 ? 2 : 1) }} // as tall as its images will be
        className="grid w-[min(220px,44vw)] place-content-center justify-items-center gap-2 rounded-s bg-skeleton p-2 text-center text-12 text-text-2"
      >
        <State team={team} cell={cell} isPaused={isPaused} />
      </div>
    )
  return (
    <ul
      style={style}
      className="grid w-[min(220px,44vw)] grid-cols-[repeat(var(--across),minmax(0,1fr))] gap-1"
    >
      {cell.images.map((image, index) => (
        <li key={image.id} className="relative aspect-(--aspect) overflow-hidden rounded-s bg-skeleton">
          {image.state === 'completed' ? (
            <Link
              href={imagePath(team, image.id)}
              onClick={openOver}
              aria-label={t('open', { index: index + 1, prompt: isolate(cell.prompt) })}
              className="block size-full -outline-offset-2!"
            >
              <Thumb src={image.urls.thumb} />
            </Link>
          ) : (
            <span className="grid size-full place-items-center text-text-3">
              <ImageOff aria-hidden className="size-4" />
              <span className="sr-only">{t(image.blurReason ? 'blurred' : 'failed')}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function State({ team, cell, isPaused }: CellProps) {
  const t = useTranslations('sets.cell')
  const { status } = cell
  if (status === 'unknown')
    return (
      <Link
        href={`/t/${team}/create?review=true`}
        className="touch grid justify-items-center gap-2 underline"
      >
        <CircleHelp aria-hidden className="size-5" />
        {t('unknown')}
      </Link>
    )
  if (status === 'queued') {
    const Icon = isPaused ? Pause : Clock
    return (
      <>
        <Icon aria-hidden className="size-5 text-text-3" />
        {t(isPaused ? 'paused' : 'waiting')}
      </>
    )
  }
  if (status === 'sending' || status === 'pending')
    return <span className="sheen rounded-s">{t('running')}</span>
  if (status === 'failed') return <Failed cell={cell} />
  return (
    <>
      <ImageOff aria-hidden className="size-5 text-text-3" />
      {t('canceled')}
    </>
  )
}

/** Why nothing came of a cell. */
function Failed({ cell }: { cell: Generation }) {
  const { title, cause } = useRefusalWords(cell)
  return (
    <>
      <ImageOff aria-hidden className="size-5 text-text-3" />
      <span title={cause}>{title}</span>
    </>
  )
}
