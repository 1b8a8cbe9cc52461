import { cn } from '@/components/ui/cn'

/** The place of something that is on its way, in its final shape. */
export function Skeleton({ className, style }: { className?: string; style?: React.CSSProperties }) {
  return <div aria-hidden style={style} className={cn('sheen rounded-s', className)} />
}
