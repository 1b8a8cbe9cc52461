import { useQuery } from '@tanstack/react-query'
import { ArrowDownToLine, ChevronDown, CornerDownLeft, Link2, RotateCcw } from 'lucide-react'
import type { Ref } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Facts, Section } from '@/components/images/facts'
import { DownloadMenu, formatName, ReuseMenu } from '@/components/images/image-menus'
import type { ImageActions } from '@/components/images/use-image-actions'
import { balanceFacts, sourceFacts, useMakingFacts } from '@/components/images/use-making-facts'
import { usePersonName } from '@/components/people/person-name'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { generationQueries } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { isolate } from '@/lib/text/isolate'

const PrivateNote = onDemand(() =>
  import('@/components/images/private-note').then((module) => module.PrivateNote),
)
const PlaceholderNote = onDemand(() =>
  import('@/components/images/placeholder-note').then((module) => module.PlaceholderNote),
)

type InfoPanelProps = { ref?: Ref<HTMLElement>; team: string; image: Image; actions: ImageActions }

/** Everything known about an image, each value to copy, and what can be made of it. */
export function InfoPanel({ ref, team, image, actions }: InfoPanelProps) {
  const t = useTranslations('image')
  const { data: generation } = useQuery(generationQueries.one(team, image.generationId))
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-label={t('info')}
      className="flex min-h-0 flex-col border-l border-line bg-panel outline-none phone:rounded-t-l phone:border-0 desk:col-start-2 desk:row-span-2 desk:row-start-1"
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4 phone:overflow-visible phone:px-4">
        {image.deletedAt && <p className="rounded-m bg-field p-3 text-13 text-text-2">{t('inTrash')}</p>}
        {image.private && <PrivateNote team={team} image={image} canPublish={actions.canReuse} />}
        {image.blurReason && <p className="rounded-m bg-field p-3 text-13 text-text-2">{t('blurred')}</p>}
        <Section
          title={t('prompt')}
          action={<CopyButton iconOnly text={image.prompt} label={t('copyPrompt')} />}
          isFirst
        >
          <p dir="auto" className="text-15 wrap-break-word">
            {image.prompt}
          </p>
          <PlaceholderNote team={team} prompt={image.prompt} />
        </Section>
        <Making team={team} image={image} generation={generation} />
        <Maker image={image} madeWith={generation?.madeWith} />
        {generation?.set && <SetOf team={team} set={generation.set} />}
        {generation && <Lineage generation={generation} />}
        <Technical image={image} generation={generation} />
      </div>
      <Footer team={team} image={image} actions={actions} />
    </aside>
  )
}

function Maker({ image, madeWith }: { image: Image; madeWith: Generation['madeWith'] }) {
  const t = useTranslations('image')
  const format = useFormatter()
  const { createdAt } = image
  const name = usePersonName()(image.maker.name)
  return (
    <div className="flex items-center gap-3 border-t border-line py-4">
      <Avatar name={name} large />
      <div className="min-w-0">
        <div dir="auto" className="truncate text-14 font-medium">
          {name}
        </div>
        <time dateTime={createdAt} className="block text-13 text-text-3">
          {format.dateTime(new Date(createdAt), {
            dateStyle: 'medium',
            timeStyle: 'short',
            hourCycle: 'h23',
          })}
        </time>
        {madeWith && (
          <p className="text-13 wrap-anywhere text-text-3">
            {t('madeWith', { key: isolate(madeWith.name), prefix: madeWith.prefix })}
          </p>
        )}
      </div>
    </div>
  )
}

/** The way back to the set that it belongs to. */
function SetOf({ team, set }: { team: string; set: NonNullable<Generation['set']> }) {
  const t = useTranslations('image')
  return (
    <p className="border-t border-line py-4 text-13">
      <span className="text-text-3">{t('set')}</span>{' '}
      <Link href={`/t/${team}/sets/${set.id}`} className="touch font-medium underline underline-offset-3">
        <bdi>{set.name}</bdi>
      </Link>
    </p>
  )
}

const LINEAGE = [
  'initialPrompt',
  'enhancedPrompt',
  'captionPrompt',
  'captionTPrompt',
  'randomPrompt',
] as const

function Lineage({ generation }: { generation: Generation }) {
  const t = useTranslations('image')
  const facts = LINEAGE.flatMap((name) => {
    const value = generation[name]
    return value ? [{ name: t(name), value, isLong: true }] : []
  })
  if (facts.length === 0) return null
  return (
    <Section title={t('lineage')}>
      <Facts facts={facts} />
    </Section>
  )
}

function Making({ team, image, generation }: { team: string; image: Image; generation?: Generation }) {
  const t = useTranslations('image')
  const facts = useMakingFacts(team, image, generation)
  return (
    <Section title={t('made')}>
      <Facts facts={facts} />
    </Section>
  )
}

/** What few people ask for: closed until somebody does. */
function Technical({ image, generation }: { image: Image; generation?: Generation }) {
  const t = useTranslations('image')
  const format = useFormatter()
  const size = image.sizeBytes ?? 0
  const unit = size >= 1_000_000 ? 'megabyte' : 'kilobyte'
  const amount = size / (unit === 'megabyte' ? 1_000_000 : 1_000)
  const facts = [
    ...(image.imageId === null ? [] : [{ name: t('imageId'), value: String(image.imageId) }]),
    { name: t('group'), value: image.groupId },
    ...(generation?.upstreamGroupId && generation.upstreamGroupId !== image.groupId
      ? [{ name: t('upstreamGroup'), value: generation.upstreamGroupId }]
      : []),
    { name: t('generation'), value: image.generationId },
    {
      name: t('format'),
      value: t('formatValue', {
        format: formatName(image.mimeType),
        size: format.number(amount, { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 }),
      }),
    },
    { name: t('size'), value: t('sizeValue', { width: String(image.width), height: String(image.height) }) },
    ...(generation?.platform
      ? [
          {
            name: t('sentFrom'),
            value: generation.platform === 'web' ? t('sentFromWeb') : generation.platform,
          },
        ]
      : []),
    ...(image.sha256 && !image.blurReason ? [{ name: t('sha256'), value: image.sha256 }] : []),
  ]
  return (
    <details className="border-t border-line py-4">
      <summary className="touch text-13 font-medium text-text-3 hover:text-text">{t('technical')}</summary>
      <div className="mt-2">
        <Facts facts={[...facts, ...sourceFacts(generation, t), ...balanceFacts(generation, t)]} />
      </div>
    </details>
  )
}

function Footer({ team, image, actions }: InfoPanelProps) {
  const t = useTranslations('image')
  const { share, restore, canReuse, canDownload } = actions
  if (!share && !restore && !canReuse && !canDownload) return null
  return (
    <div className="grid grid-cols-2 gap-2 border-t border-line bg-panel px-6 py-4 phone:sticky phone:bottom-0 phone:px-4 desk:hidden">
      {share && (
        <Button tone="gold" className="col-span-2" onClick={() => share('image')}>
          <Link2 aria-hidden className="size-4" />
          {t('share')}
        </Button>
      )}
      {restore && (
        <Button className="col-span-2" onClick={restore}>
          <RotateCcw aria-hidden className="size-4" />
          {t('restore')}
        </Button>
      )}
      {canReuse && (
        <ReuseMenu
          team={team}
          image={image}
          trigger={
            <Button>
              <CornerDownLeft aria-hidden className="size-4" />
              {t('reuse')}
              <ChevronDown aria-hidden className="size-4 text-text-3" />
            </Button>
          }
        />
      )}
      {canDownload && (
        <DownloadMenu
          image={image}
          trigger={
            <Button>
              <ArrowDownToLine aria-hidden className="size-4" />
              {t('download')}
              <ChevronDown aria-hidden className="size-4 text-text-3" />
            </Button>
          }
        />
      )}
    </div>
  )
}
