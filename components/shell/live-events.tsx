import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { followTeam } from '@/components/shell/follow-team'
import { reloadWhenIdle } from '@/components/shell/new-version'
import { useRefresh, useRefreshAtOnce } from '@/components/shell/refresh'
import { onSeenAt } from '@/components/shell/seen-at'
import type { Change } from '@/lib/access/event-schema'
import { refreshGenerations } from '@/lib/generations/client'
import { renewQueries } from '@/lib/platform/query-client'
import { teamKey, type QueryDomain } from '@/lib/platform/query-keys'

const GATHER_MS = 40
/** What the server has drawn: the person's role, the team's name. */
const PAGE = 'page' as const
/** Which queries a change makes stale. */
const queriesOf: Record<string, QueryDomain[]> = {
  generation: ['credits', 'prompt-history', 'campaign-sets', 'queue', 'budgets'],
  image: ['images', 'campaign-sets'],
  credits: ['credits', 'queue'],
  budget: ['budgets', 'credits', 'audit'],
  styles: ['styles'],
  reference: ['references'],
  member: ['members', 'audit'],
  'api-key': ['api-keys', 'audit'],
  'share-link': ['share-links', 'audit'],
  'campaign-set': ['campaign-sets', 'queue'],
  queue: ['queue', 'credits', 'generations', 'audit'],
  'prompt-template': ['prompt-templates'],
  session: ['sessions'],
  mail: ['members', 'credits'],
  notification: ['notifications'],
  team: ['audit'],
  upstream: [
    ...(['connection', 'credits', 'queue', 'sandbox', 'audit', 'styles'] as const),
    ...(['references', 'images', 'generations', 'campaign-sets', 'budgets'] as const),
  ],
}
const everything: QueryDomain[] = ['generations', ...new Set(Object.values(queriesOf).flat())]

type Due = QueryDomain | typeof PAGE

function dueAfter({ kind, id }: Change, personId: string): Due[] {
  if (kind === 'resync') return [...everything, PAGE]
  if (kind === 'elsewhere') return everything // read by another process just now: what it drew is new
  // what this person may do here and see of others, or whether they still are in it
  if (kind === 'member' && id === personId) return [...everything, 'gallery', PAGE]
  const isOfPage = kind === 'team' || kind === 'upstream'
  return [...(queriesOf[kind] ?? []), ...(isOfPage ? [PAGE] : [])]
}

type Props = { team: string; personId: string; seenAt: string }

/** Keeps what this tab shows up to date with the team. */
export function LiveEvents({ team, personId, seenAt }: Props) {
  const client = useQueryClient()
  const refreshAtOnce = useRefreshAtOnce()
  const refreshPage = useRefresh()
  const begin = useRef(seenAt) // a page that comes later says so itself
  useEffect(() => {
    const generations = new Set<string>()
    const refresh = gather(async (keys) => {
      for (const key of keys) {
        if (key === PAGE) refreshPage()
        else void renewQueries(client, teamKey(key, team))
      }
      const changed = [...generations]
      generations.clear()
      if (changed.length > 0)
        await refreshGenerations(client, team, { changed, personId }).catch(
          () => void renewQueries(client, teamKey('generations', team)),
        )
    })
    const follower = followTeam({
      team,
      seenAt: begin.current,
      onShutOut: refreshAtOnce,
      hear: (change) => {
        if ((change.kind === 'generation' || change.kind === 'image') && change.id) generations.add(change.id)
        refresh(dueAfter(change, personId))
      },
    })
    const stopSeeing = onSeenAt(follower.goBack)
    const stopReloading = reloadWhenIdle(client)
    return () => {
      stopReloading()
      stopSeeing()
      follower.stop()
    }
  }, [client, refreshAtOnce, refreshPage, team, personId])
  return null
}

/** Gathers what is due for a moment, then does it; what comes meanwhile is done together afterwards. */
function gather(act: (due: Due[]) => Promise<void>): (keys: Due[]) => void {
  const due = new Set<Due>()
  let isBusy = false
  async function work() {
    isBusy = true
    while (due.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
      const keys = [...due]
      due.clear()
      await act(keys)
    }
    isBusy = false
  }
  return (keys) => {
    for (const key of keys) due.add(key)
    if (!isBusy) void work()
  }
}
