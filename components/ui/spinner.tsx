import { cn } from '@/components/ui/cn'

/** Says "working" to the eye only; words say it to the ear. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-block size-4 shrink-0 animate-spin rounded-full border-2 border-current border-t-transparent opacity-80',
        className,
      )}
    />
  )
}
