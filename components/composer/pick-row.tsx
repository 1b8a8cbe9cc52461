import { ChevronRight, X, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { Thumb } from '@/components/ui/thumb'

type PickRowProps = {
  title: string
  hint?: string
  /** What pressing it does, for those who do not see the row; goes before the title. */
  label?: string
  thumb?: string | null
  icon: LucideIcon
  onPress: () => void
  /** Takes the choice back. */
  removal?: { label: string; onRemove: () => void }
  children?: ReactNode
}

/** What is chosen, with its image; pressing it opens the picker. */
export function PickRow({ title, hint, label, thumb, icon: Icon, onPress, removal, children }: PickRowProps) {
  return (
    <div className="flex items-center gap-1">
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={onPress}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-m p-1.5 text-left hover:bg-hover"
      >
        <span className="grid size-14 shrink-0 place-items-center overflow-hidden rounded-s bg-skeleton text-text-3 short:size-12">
          {thumb ? <Thumb src={thumb} /> : <Icon aria-hidden className="size-5" />}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-14 font-medium">
            {label && <span className="sr-only">{label}: </span>}
            <bdi>{title}</bdi>
          </span>
          {hint && <span className="line-clamp-2 text-13 text-text-3">{hint}</span>}
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-text-3" />
      </button>
      {children}
      {removal && (
        <IconButton label={removal.label} size="s" tip="top" onClick={removal.onRemove}>
          <X aria-hidden className="size-4" />
        </IconButton>
      )}
    </div>
  )
}
