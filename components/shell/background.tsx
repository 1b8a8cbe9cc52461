'use client'
import { onDemand } from '@/components/ui/on-demand'

const LiveEvents = onDemand(() =>
  import('@/components/shell/live-events').then((module) => module.LiveEvents),
)
const DoneElsewhere = onDemand(() =>
  import('@/components/shell/done-elsewhere').then((module) => module.DoneElsewhere),
)

type Props = { team: string; personId: string; seenAt: string }

/** What goes on behind every page and draws nothing: it comes once the page is there. */
export function Background({ team, personId, seenAt }: Props) {
  return (
    <>
      <LiveEvents team={team} personId={personId} seenAt={seenAt} />
      <DoneElsewhere team={team} />
    </>
  )
}
