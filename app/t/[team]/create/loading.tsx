import { FeedSkeleton } from '@/components/generations/feed-skeleton'

export default function Loading() {
  return (
    <div className="grid grid-cols-[var(--composer-width)_minmax(0,1fr)] items-start phone:block">
      <div className="h-[calc(100dvh-var(--bar-height))] border-r border-line bg-panel phone:hidden" />
      <div className="max-w-[1520px] px-8 pt-6 max-[1180px]:px-5 phone:px-4">
        <FeedSkeleton />
      </div>
    </div>
  )
}
