import { CircleMinus, CircleHelp, Info, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

const icons: Record<'refused' | 'unknown' | 'info', LucideIcon> = {
  refused: CircleMinus,
  unknown: CircleHelp,
  info: Info,
}

type NoticeProps = {
  kind?: keyof typeof icons
  title: ReactNode
  children?: ReactNode
  /** Buttons; the likeliest way on comes first. */
  actions?: ReactNode
  /** A fact that stands beside the buttons: "Not charged". */
  fact?: ReactNode
  className?: string
}

/** What happened, was it charged, what next: stands where it happened, in words and shape rather than colour. */
export function Notice({ kind = 'info', title, children, actions, fact, className }: NoticeProps) {
  const Icon = icons[kind]
  return (
    <div
      className={cn(
        'grid max-w-[784px] grid-cols-[auto_minmax(0,1fr)] gap-x-3.5 rounded-m bg-field p-5 edge phone:grid-cols-1 phone:p-4',
        className,
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-5 text-text-2 phone:mb-2" />
      <div className="grid gap-1.5">
        <h3 className="text-15 font-semibold">{title}</h3>
        {children && <div className="max-w-[66ch] text-14 leading-[22px] text-text-2">{children}</div>}
        {(actions || fact) && (
          <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
            {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
            {fact && <span className="text-13 text-text-2">{fact}</span>}
          </div>
        )}
      </div>
    </div>
  )
}
