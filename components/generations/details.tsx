import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { usePersonName } from '@/components/people/person-name'
import { Thumb } from '@/components/ui/thumb'
import { clock } from '@/components/generations/elapsed'
import { useSourceName } from '@/components/generations/generation-meta'
import { useSpending } from '@/components/generations/use-spending'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { onDemand } from '@/components/ui/on-demand'
import { LINEAGE } from '@/lib/drafts/draft'
import { generationQueries } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'

const PlaceholderNote = onDemand(() =>
  import('@/components/images/placeholder-note').then((module) => module.PlaceholderNote),
)

/** Every parameter of a generation, the prompts that led to it, and its group step by step. */
export function Details({ generation, onClose }: { generation: Generation; onClose: () => void }) {
  const t = useTranslations('generations.details')
  const { team } = useComposer()
  const source = useSourceName(generation)
  const format = useFormatter()
  const spending = useSpending()
  const nameOf = usePersonName()
  const time = (at?: string) =>
    at && format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })
  const amount = (credit: number | null) => (credit === null ? '—' : format.number(credit))
  const left =
    generation.credits &&
    t('balances', {
      charged: amount(generation.credits.defaultCredit),
      daily: amount(generation.credits.dailyCredit),
      monthly: amount(generation.credits.monthlyCredit),
    })
  const upstreamIds = generation.images.flatMap(({ imageId }) => imageId ?? []).join(', ')
  const sourceRow = {
    style: ['style', generation.source.kind === 'style' ? `${source} (${generation.source.styleId})` : ''],
    reference: ['reference', generation.source.kind === 'reference' ? generation.source.image : ''],
    image: ['image', generation.source.kind === 'image' ? String(generation.source.imageId) : ''],
  } as const
  const baseImage = generation.source.kind === 'style' ? generation.source.imageId : undefined
  return (
    <Dialog title={t('title')} isOpen onClose={onClose} width="m">
      <div className="grid gap-6 pb-3">
        <Section title={t('prompts')}>
          <Row name={t('prompt')} value={generation.prompt} copies />
          {LINEAGE.map((name) => (
            <Row key={name} name={t(name)} value={generation[name]} copies />
          ))}
          <PlaceholderNote team={team} prompt={generation.prompt} />
        </Section>
        <Section title={t('request')}>
          <Row
            name={t(sourceRow[generation.source.kind][0])}
            value={sourceRow[generation.source.kind][1]}
            copies
          />
          <Row name={t('image')} value={baseImage?.toString()} copies />
          <Row name={t('ratio')} value={generation.ratio} />
          <Row name={t('sample')} value={String(generation.sample)} />
          <Row name={t('maker')} value={nameOf(generation.maker.name)} />
          <Row
            name={t('madeWith')}
            value={generation.madeWith && `${generation.madeWith.name} (${generation.madeWith.prefix}…)`}
          />
          <Row
            name={t('platform')}
            value={generation.platform === 'web' ? t('platformWeb') : generation.platform}
          />
          <Row name={t('id')} value={generation.id} copies />
          <Row name={t('groupId')} value={generation.groupId} copies />
          <Row name={t('upstreamGroupId')} value={generation.upstreamGroupId} copies />
          <Row name={t('images')} value={upstreamIds} copies />
        </Section>
        <Section title={t('time')}>
          <Row name={t('createdAt')} value={time(generation.createdAt)} />
          <Row name={t('sentAt')} value={time(generation.sentAt)} />
          <Row name={t('finishedAt')} value={time(generation.finishedAt)} />
          <Row name={t('took')} value={timeTaken(generation)} />
        </Section>
        {(left || generation.spent) && (
          <Section title={t('credits')}>
            <Row name={t('left')} value={left} />
            <Row name={t('spent')} value={spending(generation.spent).join(', ')} />
          </Section>
        )}
        {generation.error && (
          <Section title={t('error')}>
            <Row name={t('code')} value={generation.error.code} copies />
            <Row name={t('parameter')} value={generation.error.parameter} copies />
          </Section>
        )}
        <GroupSteps generation={generation} />
      </div>
    </Dialog>
  )
}

function timeTaken({ sentAt, finishedAt }: Generation): string | undefined {
  return sentAt && finishedAt ? clock(Date.parse(finishedAt) - Date.parse(sentAt)) : undefined
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-2">
      <h3 className="text-13 font-semibold">{title}</h3>
      <dl className="grid grid-cols-[136px_minmax(0,1fr)] gap-x-4 text-13 phone:grid-cols-[104px_minmax(0,1fr)]">
        {children}
      </dl>
    </section>
  )
}

function Row({ name, value, copies }: { name: string; value?: string; copies?: boolean }) {
  const t = useTranslations('generations.details')
  if (!value) return null
  return (
    <div className="contents">
      <dt className="py-1 text-text-3">{name}</dt>
      <dd className="flex min-h-7 min-w-0 items-start justify-between gap-2">
        <span dir="auto" className="min-w-0 flex-1 py-1 break-words whitespace-pre-wrap">
          {value}
        </span>
        {copies && <CopyButton text={value} label={t('copy', { name })} iconOnly />}
      </dd>
    </div>
  )
}

/** The group from its first generation to its last. */
function GroupSteps({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.details')
  const { team } = useComposer()
  const { data } = useQuery(generationQueries.group(team, generation.groupId))
  const steps = [...(data?.items ?? [])].reverse()
  const isWhole = data?.nextCursor === null // of more than are asked for, the first is not known
  if (steps.length < 2) return null
  return (
    <section className="grid gap-2">
      <h3 className="text-13 font-semibold">{t('lineage')}</h3>
      <ol className="grid gap-3">
        {steps.map((step, index) => (
          <li key={step.id} className="grid gap-1.5">
            <p
              className={cn(
                'line-clamp-2 text-13',
                step.id === generation.id ? 'font-medium' : 'text-text-2',
              )}
            >
              {isWhole && `${index + 1}. `}
              <bdi>{step.prompt}</bdi>
              {step.id === generation.id && <span className="text-text-3"> ({t('current')})</span>}
            </p>
            <div className="flex gap-1.5">
              {step.images
                .filter(({ state, blurReason }) => state === 'completed' && !blurReason)
                .map((image) => (
                  <Thumb key={image.id} src={image.urls.thumb} className="size-14 rounded-s" />
                ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
