'use client'
import { useFormatter, useTranslations } from 'use-intl/react'
import { niceTop } from '@/components/ui/nice-top'
import type { BalanceDay } from '@/lib/system/schema'

const kinds = ['dailyCredit', 'monthlyCredit', 'defaultCredit'] as const
type Kind = (typeof kinds)[number]

const fills: Record<Kind, string> = {
  dailyCredit: 'var(--series-1)',
  monthlyCredit: 'var(--series-2)',
  defaultCredit: 'var(--series-3)',
}
const WIDTH = 720
const HEIGHT = 180
const FOOT = 30
const RIGHT = 76
/** In the drawing's own units, which a phone shows at half their size. */
const figures = 'fill-text-3 text-[12px] phone:text-[24px]'
const GAP = 1.5
/** So few days say their sums themselves. */
const FEW = 7

/** What was left at the end of each day, one stack per day. The same figures stand in a table below it. */
export function BalanceChart({ days }: { days: BalanceDay[] }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  const top = niceTop(Math.max(...days.map(sumOf), 1))
  const step = (WIDTH - RIGHT) / Math.max(days.length, 8)
  const label = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' })
  const tick = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  const everyNth = Math.ceil(days.length / 6)
  return (
    <>
      <Legend />
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`}
        aria-hidden
        className="mt-4 block w-full overflow-visible"
      >
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              x2={WIDTH - RIGHT + 8}
              y1={HEIGHT * (1 - share)}
              y2={HEIGHT * (1 - share)}
              stroke="var(--line)"
            />
            <text x={WIDTH} y={HEIGHT * (1 - share) + 4} textAnchor="end" className={figures}>
              {format.number(top * share)}
            </text>
          </g>
        ))}
        {days.map((day, index) => (
          <g key={day.day} transform={`translate(${index * step} 0)`}>
            <title>{`${label(day.day)}: ${kinds.map((kind) => `${t(`system.balance.${kind}`)} ${format.number(day[kind])}`).join(', ')}`}</title>
            <Stack day={day} top={top} width={Math.min(step * 0.62, 28)} />
            {days.length <= FEW && (
              <text y={HEIGHT * (1 - sumOf(day) / top) - 6} className={figures}>
                {format.number(sumOf(day))}
              </text>
            )}
            {index % everyNth === 0 && (
              <text y={HEIGHT + FOOT - 4} className={figures}>
                {tick(day.day)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <BalanceTable days={days} label={label} />
    </>
  )
}

function Legend() {
  const t = useTranslations('settings')
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-13 text-text-2">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-2">
          <span aria-hidden className="size-2.5 rounded-xs" style={{ background: fills[kind] }} />
          {t(`system.balance.${kind}`)}
        </li>
      ))}
    </ul>
  )
}

function Stack({ day, top, width }: { day: BalanceDay; top: number; width: number }) {
  const heights = kinds.map((kind) => (Math.max(0, day[kind]) / top) * HEIGHT)
  return kinds.map((kind, index) => {
    const height = heights[index] ?? 0
    const below = heights.slice(0, index).reduce((sum, part) => sum + part, 0)
    if (height < 0.5) return null
    const drawn = Math.max(1, height - GAP)
    return (
      <rect key={kind} y={HEIGHT - below - height} width={width} height={drawn} rx="2" fill={fills[kind]} />
    )
  })
}

function BalanceTable({ days, label }: { days: BalanceDay[]; label: (day: string) => string }) {
  const t = useTranslations('settings')
  const format = useFormatter()
  return (
    <details className="mt-3 text-13">
      <summary className="w-fit rounded-s text-text-2 underline decoration-line-2 underline-offset-3">
        {t('system.asTable')}
      </summary>
      <table className="mt-3 w-full max-w-[560px] border-collapse">
        <thead className="text-text-3">
          <tr>
            <th className="py-1.5 text-left font-medium">{t('system.day')}</th>
            {kinds.map((kind) => (
              <th key={kind} className="py-1.5 pl-3 text-right font-medium wrap-normal">
                {t(`system.balance.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day} className="border-t border-line">
              <th scope="row" className="py-1.5 text-left font-normal">
                {label(day.day)}
              </th>
              {kinds.map((kind) => (
                <td key={kind} className="py-1.5 pl-3 text-right whitespace-nowrap">
                  {format.number(day[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

const sumOf = (day: BalanceDay) => kinds.reduce((sum, kind) => sum + Math.max(0, day[kind]), 0)
