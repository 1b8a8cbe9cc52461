import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'

export type Fact = { name: string; value: string; isLong?: boolean; isPlain?: boolean }

export function Section({
  title,
  action,
  isFirst,
  children,
}: {
  title: string
  action?: ReactNode
  isFirst?: boolean
  children: ReactNode
}) {
  return (
    <section className={cn('py-4', !isFirst && 'border-t border-line')}>
      <h2 className="mb-2 flex h-5 items-center justify-between text-13 font-medium text-text-3">
        {title}
        {action}
      </h2>
      {children}
    </section>
  )
}

/** Names and values; each value can be copied. A long one stands under its name. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const t = useTranslations('image')
  return (
    <dl className="grid gap-1 text-13">
      {facts.map(({ name, value, isLong }) => (
        <div
          key={name}
          className={cn(
            'group grid items-start gap-x-3',
            isLong ? 'grid-cols-[minmax(0,1fr)_28px]' : 'grid-cols-[104px_minmax(0,1fr)_28px]',
          )}
        >
          <dt className="py-1 text-text-3">{name}</dt>
          {isLong && <CopyCell text={value} label={t('copyValue', { name })} />}
          <dd
            dir="auto"
            title={isLong ? undefined : value}
            className={cn('py-1', isLong ? 'col-span-2 wrap-break-word text-text-2' : 'truncate')}
          >
            {value}
          </dd>
          {!isLong && <CopyCell text={value} label={t('copyValue', { name })} />}
        </div>
      ))}
    </dl>
  )
}

function CopyCell({ text, label }: { text: string; label: string }) {
  return (
    <dd className="opacity-60 group-hover:opacity-100 focus-within:opacity-100">
      <CopyButton iconOnly text={text} label={label} />
    </dd>
  )
}
