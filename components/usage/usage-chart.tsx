import { cn } from '@/components/ui/cn'
import { niceTop } from '@/components/ui/nice-top'
import { getFormatter, getTranslations } from '@/lib/i18n/translations'
import { addDays, daysBetween } from '@/lib/usage/range'
import type { Usage } from '@/lib/usage/schema'

/** More days than these are drawn as months. */
const DAYS_DRAWN = 62

type Bar = { from: string; credits: number; images: number }

/** Credits of each day, or of each month of a long time. The same figures stand in the table by day. */
export async function UsageChart({ usage }: { usage: Usage }) {
  const t = await getTranslations('usage')
  const format = await getFormatter()
  const isMonths = daysBetween(usage.from, usage.to) >= DAYS_DRAWN
  const bars = isMonths ? monthsOf(usage) : daysOf(usage)
  const top = niceTop(Math.max(...bars.map(({ credits }) => credits), 4))
  const dateOf = (day: string) =>
    format.dateTime(new Date(`${day}T00:00:00Z`), {
      ...(isMonths ? { month: 'short' } : { month: 'numeric', day: 'numeric' }),
      timeZone: 'UTC',
    })
  const everyNth = Math.ceil(bars.length / 6)
  // narrow bars leave no room for the label of the first one
  const firstLabelled = Math.floor((everyNth - 1) / 2)
  return (
    <figure className="mt-8">
      <figcaption className="sr-only">{t(isMonths ? 'chartMonths' : 'chartDays')}</figcaption>
      <div aria-hidden className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
        <div className="relative h-44 border-b border-line">
          {[50, 100].map((share) => (
            <div
              key={share}
              className="absolute inset-x-0 border-t border-line"
              style={{ bottom: `${share}%` }}
            />
          ))}
          <div className="absolute inset-0 flex items-end gap-[3px] phone:gap-px">
            {bars.map(({ from, credits, images }) => (
              <div
                key={from}
                title={`${dateOf(from)}: ${t('bar', { credits, images })}`}
                className="group flex h-full min-w-0 flex-1 items-end justify-center"
              >
                <div
                  className={cn(
                    'w-full max-w-7 rounded-t-xs bg-series-2 group-hover:bg-series-1',
                    credits > 0 && 'min-h-0.5',
                  )}
                  style={{ height: `${(credits / top) * 100}%` }}
                />
              </div>
            ))}
          </div>
        </div>
        <div className="relative h-44 w-10 text-12 text-text-3 tabular-nums">
          {[0, 0.5, 1].map((share) => (
            <span
              key={share}
              className="absolute right-0 translate-y-1/2"
              style={{ bottom: `${share * 100}%` }}
            >
              {format.number(top * share)}
            </span>
          ))}
        </div>
        <div className="flex gap-[3px] pt-2 text-12 text-text-3 phone:gap-px">
          {bars.map(({ from }, index) => (
            <span
              key={from}
              className="flex min-w-0 flex-1 justify-center overflow-visible whitespace-nowrap"
            >
              {index % everyNth === firstLabelled && <span>{dateOf(from)}</span>}
            </span>
          ))}
        </div>
      </div>
    </figure>
  )
}

function daysOf({ from, to, days }: Usage): Bar[] {
  const byDay = new Map(days.map((day) => [day.day, day]))
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => {
    const day = addDays(from, index)
    const { credits = 0, images = 0 } = byDay.get(day) ?? {}
    return { from: day, credits, images }
  })
}

function monthsOf({ from, to, days }: Usage): Bar[] {
  const months = new Map<string, Bar>()
  for (let day = `${from.slice(0, 7)}-01`; day <= to; day = `${addDays(day, 31).slice(0, 7)}-01`)
    months.set(day, { from: day, credits: 0, images: 0 })
  for (const { day, credits, images } of days) {
    const month = months.get(`${day.slice(0, 7)}-01`)
    if (!month) continue
    month.credits += credits
    month.images += images
  }
  return [...months.values()]
}
