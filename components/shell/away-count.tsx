import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { teamKey } from '@/lib/platform/query-keys'

const PREFIX = /^\(\d+\) /

/** While the tab is in the background, its title counts what of the person's own has come to an end. */
export function AwayCount({ team }: { team: string }) {
  const client = useQueryClient()
  useEffect(() => {
    let openBefore = 0
    let count = 0
    const mine = () => client.getQueryData<{ queue: { mine: number } }>(teamKey('credits', team))?.queue.mine
    const show = () => {
      const title = document.title.replace(PREFIX, '')
      document.title = count > 0 ? `(${count}) ${title}` : title
    }
    const unsubscribe = client.getQueryCache().subscribe(({ query }) => {
      if (query.queryKey[0] !== 'credits') return
      const open = mine()
      if (open === undefined || open === openBefore) return
      if (document.hidden && open < openBefore) count += openBefore - open
      openBefore = open
      show()
    })
    const onVisible = () => {
      if (document.hidden) return
      count = 0
      show()
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      unsubscribe()
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [client, team])
  return null
}
