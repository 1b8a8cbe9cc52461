import { getFormatter, getTranslations } from '@/lib/i18n/translations'
import type { Amounts } from '@/lib/usage/schema'

type Left = { total: number | null; runsOutAt: Date | null; renewsAt: string | null }

/** What was used and what is left, at a glance. */
export async function UsageFigures({ total, left }: { total: Amounts; left: Left }) {
  const t = await getTranslations('usage')
  const format = await getFormatter()
  const date = (at: Date) => format.dateTime(at, { month: 'short', day: 'numeric' })
  const { credits, estimated, images, generations, kept, creditsPerKept } = total
  const outlook = [
    ...(left.runsOutAt ? [t('runsOut', { date: date(left.runsOutAt) })] : []),
    ...(left.renewsAt ? [t('renews', { date: date(new Date(left.renewsAt)) })] : []),
  ]
  const figures = [
    {
      name: t('credits'),
      value: format.number(credits),
      more: estimated > 0 ? [t('estimatedPart', { credits: estimated })] : [],
    },
    { name: t('images'), value: format.number(images), more: [t('fromGenerations', { generations })] },
    {
      name: t('kept'),
      value: format.number(kept),
      more: creditsPerKept === null ? [] : [t('perKept', { credits: round(creditsPerKept) })],
    },
    {
      name: t('left'),
      value: left.total === null ? '—' : format.number(left.total),
      more: outlook,
    },
  ]
  return (
    <dl className="mt-8 grid grid-cols-4 gap-x-6 gap-y-6 phone:grid-cols-2">
      {figures.map(({ name, value, more }) => (
        <div key={name} className="min-w-0">
          <dt className="text-13 text-text-2">{name}</dt>
          <dd className="mt-1 text-24 font-semibold tabular-nums">{value}</dd>
          {more.map((line) => (
            <dd key={line} className="mt-0.5 text-13 text-text-3">
              {line}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

const round = (credits: number) => Math.round(credits * 10) / 10
