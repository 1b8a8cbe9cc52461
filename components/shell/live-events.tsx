'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { listenToTeam } from '@/components/shell/live-stream'

const POLL_MS = 10_000
/** Which queries a change makes stale, by the first part of their key; the second part is the team. */
const queriesOf: Record<string, string[]> = {
  generation: ['generations', 'credits'],
  image: ['generations', 'images'],
  credits: ['credits'],
  styles: ['styles'],
  reference: ['references'],
  member: ['members', 'me'],
  'api-key': ['api-keys'],
  'share-link': ['share-links'],
  session: ['sessions'],
  team: ['team', 'me'],
}
const everything = [...new Set(Object.values(queriesOf).flat())]

/** Keeps what this tab shows up to date with the team, through the stream or, while it is cut, by asking again. */
export function LiveEvents({ team }: { team: string }) {
  const client = useQueryClient()
  const isUp = useRef(false)
  useEffect(() => {
    const due = new Set<string>()
    let timer: number | undefined
    const refresh = (keys: string[]) => {
      for (const key of keys) due.add(key)
      timer ??= window.setTimeout(() => {
        timer = undefined
        for (const key of due) void client.invalidateQueries({ queryKey: [key, team] })
        due.clear()
      }, 40)
    }
    const stop = listenToTeam(team, (said) => {
      if (said.kind === 'stream') isUp.current = 'isUp' in said && said.isUp
      else refresh(said.kind === 'resync' ? everything : (queriesOf[said.kind] ?? []))
    })
    const poll = window.setInterval(() => !isUp.current && refresh(['generations', 'credits']), POLL_MS)
    return () => {
      stop()
      clearInterval(poll)
      clearTimeout(timer)
    }
  }, [client, team])
  return null
}
