'use client'
import { useEffect } from 'react'
import { onDemand } from '@/components/ui/on-demand'
import { loadToasts } from '@/components/ui/toaster'

const LiveEvents = onDemand(() =>
  import('@/components/shell/live-events').then((module) => module.LiveEvents),
)
const DoneElsewhere = onDemand(() =>
  import('@/components/shell/done-elsewhere').then((module) => module.DoneElsewhere),
)

type Props = { team: string; personId: string; seenAt: string }

/** What goes on behind every page and draws nothing: it comes once the page is there. */
export function Background({ team, personId, seenAt }: Props) {
  useEffect(() => void loadToasts().catch(() => undefined), []) // one that says that the network is away cannot be fetched then
  return (
    <>
      <LiveEvents team={team} personId={personId} seenAt={seenAt} />
      <DoneElsewhere team={team} />
    </>
  )
}
