import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { imagePath } from '@/components/images/address'
import { notifies, sounds } from '@/components/shell/notification-choice'
import { showTabBadge } from '@/components/shell/tab-badge'
import { showToast } from '@/components/ui/toast'
import type { Credits } from '@/lib/credits/schema'
import { listLatest } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'
import { teamKey } from '@/lib/platform/query-keys'
import { shorten } from '@/lib/text/letters'

const SAID_MAX = 80

/**
 * Tells what of the person's own has come to an end while they were elsewhere: on another page with its image, in
 * another tab by a number in the title and on the icon, and by the system where they allowed that.
 */
export function DoneElsewhere({ team }: { team: string }) {
  const t = useTranslations('shell.done')
  const client = useQueryClient()
  const tell = useEffectEvent((ended: Generation[]) => {
    const images = ended.flatMap((one) => one.images.filter(({ state }) => state === 'completed'))
    const [image] = images
    const [newest] = ended
    if (!newest) return
    const title = image ? t('ready', { count: images.length }) : t('ended', { count: ended.length })
    const text = shorten(newest.prompt, SAID_MAX)
    const href = image ? imagePath(team, image.id) : `/t/${team}/create`
    const open = () => window.history.pushState(null, '', href)
    const shown = image && !image.blurReason ? image.urls.thumb : undefined
    showToast({ title, text, image: shown, action: image && { label: t('view'), onAct: open } })
    if (!document.hidden) return
    if (sounds()) chime()
    if (!notifies()) return
    const said = new Notification(title, { body: text, icon: shown, tag: newest.id })
    said.onclick = () => {
      window.focus()
      if (image) open()
    }
  })
  useEffect(() => {
    const told = new Set<string>()
    let openBefore = 0
    let away = 0
    const look = async (count: number) => {
      const { items } = await listLatest(team)
      const ended = items.filter(({ id, status }) => !isOpen(status) && !told.has(id)).slice(0, count)
      for (const { id } of ended) told.add(id)
      tell(ended)
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
