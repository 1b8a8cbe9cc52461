import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { imagePath } from '@/components/images/address'
import { notifies, sounds } from '@/components/shell/notification-choice'
import { showTabBadge } from '@/components/shell/tab-badge'
import { showToast } from '@/components/ui/toast'
import { campaignSetQueries } from '@/lib/campaign-sets/client'
import type { Credits } from '@/lib/credits/schema'
import { listLatest } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'
import { teamKey } from '@/lib/platform/query-keys'
import { shorten } from '@/lib/text/letters'

const SAID_MAX = 80

type News = {
  title: string
  text: string
  image?: string
  /** Shows it, where there is something to see. */
  onOpen?: () => void
  /** One notification for each. */
  tag: string
}

/**
 * Tells what of the person's own has come to an end while they were elsewhere: on another page with its image, in
 * another tab by a number in the title and on the icon, and by the system where they allowed that.
 */
export function DoneElsewhere({ team }: { team: string }) {
  const t = useTranslations('shell.done')
  const client = useQueryClient()
  const router = useRouter()
  const toldSets = useRef(new Set<string>())
  const tell = useEffectEvent((news: News) => {
    const { onOpen } = news
    const action = onOpen && { label: t('view'), onAct: onOpen }
    showToast({ title: news.title, text: news.text, image: news.image, action })
    if (!document.hidden) return
    if (sounds()) chime()
    if (!notifies()) return
    const said = new Notification(news.title, { body: news.text, icon: news.image, tag: news.tag })
    said.onclick = () => {
      window.focus()
      onOpen?.()
    }
  })
  const tellGenerations = useEffectEvent((ended: Generation[]) => {
    const images = ended.flatMap((one) => one.images.filter(({ state }) => state === 'completed'))
    const [image] = images
    const [newest] = ended
    if (!newest) return
    tell({
      title: image ? t('ready', { count: images.length }) : t('ended', { count: ended.length }),
      text: shorten(newest.prompt, SAID_MAX),
      image: image && !image.blurReason ? image.urls.thumb : undefined,
      // over whatever page is open
      onOpen: image && (() => window.history.pushState(null, '', imagePath(team, image.id))),
      tag: newest.id,
    })
  })
  /** A set is told of once, when nothing of it is under way any more; on its own page it shows that itself. */
  const tellSet = useEffectEvent(async (id: string) => {
    const href = `/t/${team}/sets/${id}`
    if (!document.hidden && window.location.pathname === href) return
    const ended = await readEnded(client, team, id)
    // two cells that end together both find that nothing is left; a retried cell is another generation
    if (!ended || toldSets.current.has(ended.cells)) return
    toldSets.current.add(ended.cells)
    const { name, progress, image } = ended
    const title = t('set', { done: progress.succeeded, total: progress.total })
    tell({ title, text: name, image: image?.urls.thumb, onOpen: () => router.push(href), tag: id })
  })
  useEffect(() => {
    const told = new Set<string>()
    let openBefore = 0
    let away = 0
    const look = async (count: number) => {
      const { items } = await listLatest(team)
      const ended = lastEnded(items.filter(({ id }) => !told.has(id))).slice(0, count)
      for (const { id } of ended) told.add(id)
      tellGenerations(ended.filter(({ set }) => !set))
      const sets = new Set(ended.flatMap(({ set }) => set?.id ?? []))
      await Promise.all([...sets].map((id) => tellSet(id)))
    }
    const unsubscribe = client.getQueryCache().subscribe(({ query }) => {
      if (query.queryKey[0] !== 'credits') return
      const open = client.getQueryData<Credits>(teamKey('credits', team))?.queue.mine
      if (open === undefined || open === openBefore) return
      const count = openBefore - open
      openBefore = open
      if (count > 0 && document.hidden) showTabBadge((away += count))
      // the feed shows by itself what has come
      if (count > 0 && (document.hidden || !window.location.pathname.endsWith('/create')))
        void look(count).catch(() => undefined)
    })
    const onVisible = () => {
      if (!document.hidden) showTabBadge((away = 0))
    }
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      unsubscribe()
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [client, team])
  return null
}

/** What was asked for last may have ended first. */
function lastEnded(items: Generation[]): Generation[] {
  const endOf = ({ finishedAt }: Generation) => Date.parse(finishedAt ?? '')
  return items.filter(({ status }) => !isOpen(status)).sort((one, other) => endOf(other) - endOf(one))
}

/** A set of which nothing is under way any more, with its first image, and what its cells are by name; else null. */
async function readEnded(client: QueryClient, team: string, id: string) {
  const query = { ...campaignSetQueries.one(team, id), staleTime: 0 }
  const { name, progress, cells } = await client.fetchQuery(query)
  if (progress.open > 0) return null
  const all = cells.flatMap(({ images }) => images)
  const image = all.find(({ state, blurReason }) => state === 'completed' && !blurReason)
  return { name, progress, image, cells: cells.map((cell) => cell.id).join() }
}

/** Two soft notes; a browser that wants a click first stays silent. */
function chime(): void {
  const audio = new AudioContext()
  for (const [index, hertz] of [660, 880].entries()) {
    const at = audio.currentTime + index * 0.14
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.08, at)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.4)
  }
}
