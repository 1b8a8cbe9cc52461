import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { listenToTeam } from '@/components/shell/live-stream'
import { refreshGenerations } from '@/lib/generations/client'

const POLL_MS = 10_000
const GATHER_MS = 40
/** Which queries a change makes stale, by the first part of their key; the second part is the team. */
const queriesOf: Record<string, string[]> = {
  generation: ['credits'],
  image: ['images'],
  credits: ['credits'],
  styles: ['styles'],
  reference: ['references'],
  member: ['members', 'me', 'audit'],
  'api-key': ['api-keys', 'audit'],
  'share-link': ['share-links', 'audit'],
  session: ['sessions'],
  team: ['team', 'me', 'audit'],
}
const everything = ['generations', ...new Set(Object.values(queriesOf).flat())]

/** Keeps what this tab shows up to date with the team, through the stream or, while it is cut, by asking again. */
export function LiveEvents({ team, personId }: { team: string; personId: string }) {
  const client = useQueryClient()
  const router = useRouter()
  const isUp = useRef(false)
  useEffect(() => {
    const generations = new Set<string>()
    const refresh = gather(async (keys) => {
      for (const key of keys) void client.invalidateQueries({ queryKey: [key, team] })
      const changed = [...generations]
      generations.clear()
      if (changed.length > 0)
        await refreshGenerations(client, team, { changed, personId }).catch(() =>
          client.invalidateQueries({ queryKey: ['generations', team] }),
        )
    })
    const stop = listenToTeam(team, (said) => {
      if (said.kind === 'stream') {
        isUp.current = 'isUp' in said && said.isUp
        return
      }
      if ((said.kind === 'generation' || said.kind === 'image') && 'id' in said && said.id)
        generations.add(said.id)
      if (said.kind === 'team' || ('id' in said && said.kind === 'member' && said.id === personId))
        router.refresh() // what this person may do here, or whether they still are in it
      refresh(said.kind === 'resync' ? everything : (queriesOf[said.kind] ?? []))
    })
    const poll = window.setInterval(() => !isUp.current && refresh(['generations', 'credits']), POLL_MS)
    return () => {
      stop()
      clearInterval(poll)
    }
  }, [client, router, team, personId])
  return null
}

/** Gathers what is due for a moment, then does it; what comes meanwhile is done together afterwards. */
function gather(act: (due: string[]) => Promise<void>): (keys: string[]) => void {
  const due = new Set<string>()
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
