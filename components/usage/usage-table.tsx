import type { ReactNode } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { getFormatter, getLocale, getTranslations } from '@/lib/i18n/translations'
import { OUTCOMES } from '@/lib/usage/dimensions'
import type { Usage, UsageItem } from '@/lib/usage/schema'

/** What was used, one row a day, person, style, key, set or outcome. On phones the lesser figures stand below the name. */
export async function UsageTable({ usage }: { usage: Usage }) {
  const t = await getTranslations('usage')
  const format = await getFormatter()
  const nameOf = await namer(usage.by)
  const { items, more, total } = usage
  if (items.length === 0) return <p className="mt-6 text-text-2">{t('nothing')}</p>
  const head = 'pb-2.5 pl-4 text-right font-medium wrap-normal phone:hidden'
  const cell = 'py-3 pl-4 text-right whitespace-nowrap tabular-nums phone:hidden'
  const credits = (value: number) => format.number(value, { maximumFractionDigits: 1 })
  return (
    <>
      <table className="mt-5 w-full border-collapse">
        <thead className="text-13 text-text-3">
          <tr>
            <th className="pb-2.5 text-left font-medium">{t(`by.${usage.by}`)}</th>
            <th className={head}>{t('generations')}</th>
            <th className={head}>{t('images')}</th>
            <th className={head}>{t('kept')}</th>
            <th className={head}>{t('perKeptHead')}</th>
            <th className="pb-2.5 pl-4 text-right font-medium wrap-normal">{t('credits')}</th>
            <th className={head}>{t('share')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.key} className="border-t border-line">
              <th scope="row" className="py-3 text-left font-normal wrap-anywhere">
                {nameOf(item)}
                <span className="hidden text-13 text-text-3 phone:block">
                  {t('line', { images: item.images, kept: item.kept })}
                </span>
              </th>
              <td className={cell}>{format.number(item.generations)}</td>
              <td className={cell}>{format.number(item.images)}</td>
              <td className={cell}>{format.number(item.kept)}</td>
              <td className={cell}>{item.creditsPerKept === null ? '—' : credits(item.creditsPerKept)}</td>
              <td className="py-3 pl-4 text-right font-medium whitespace-nowrap tabular-nums">
                {item.estimated > 0 && <span className="text-text-3">{t('about')} </span>}
                {credits(item.credits)}
              </td>
              <td className={cell}>
                {format.number(total.credits > 0 ? item.credits / total.credits : 0, { style: 'percent' })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="mt-4 text-13 text-text-3">{t('more', { more })}</p>}
    </>
  )
}

/** How a row is called in the reader's language. */
async function namer(by: Usage['by']): Promise<(item: UsageItem) => ReactNode> {
  const t = await getTranslations('usage')
  const tCommon = await getTranslations('common')
  const format = await getFormatter()
  const locale = await getLocale()
  const outcome = (key: string) => OUTCOMES.find((one) => one === key) ?? 'succeeded'
  const namers: Record<Usage['by'], (item: UsageItem) => ReactNode> = {
    day: ({ key }) => format.dateTime(new Date(`${key}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
    member: ({ name }) => (
      <span className="inline-flex items-center gap-3">
        {name && <Avatar name={name} />}
        <bdi>{name ?? tCommon('formerMember')}</bdi>
      </span>
    ),
    style: ({ key, name, nameKo }) => (
      <bdi>{key === '' ? t('noStyle') : ((locale === 'ko' ? nameKo : name) ?? `#${key}`)}</bdi>
    ),
    'api-key': ({ key, name }) => <bdi>{key === '' ? t('noKey') : (name ?? t('gone'))}</bdi>,
    set: ({ key, name }) => <bdi>{key === '' ? t('noSet') : (name ?? t('gone'))}</bdi>,
    outcome: ({ key }) => t(`outcomes.${outcome(key)}`),
  }
  return namers[by]
}
