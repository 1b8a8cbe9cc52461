'use client'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { isOpen, type Status } from '@/lib/generations/status'
import type { Generation } from '@/lib/generations/schema'
import { shorten } from '@/lib/text/letters'

const SPOKEN_MAX = 80

type Seen = { statuses: Map<string, Status>; newest: string }

/** Says to screen readers when something of one's own has come to an end, also when it ended before it was seen. */
export function Announcer({ items }: { items: readonly Generation[] }) {
  const t = useTranslations('generations.announce')
  const { person } = useComposer()
  const before = useRef<Seen | null>(null)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const seen = before.current
    before.current = {
      statuses: new Map(items.map(({ id, status }) => [id, status])),
      newest: items.reduce((newest, { createdAt }) => (createdAt > newest ? createdAt : newest), ''),
    }
    const ended = items.find(
      (generation) => generation.maker.id === person.id && seen && hasJustEnded(generation, seen),
    )
    if (!ended) return
    const prompt = shorten(ended.prompt, SPOKEN_MAX)
    const count = ended.images.filter(({ state }) => state === 'completed').length
    const { status } = ended
    if (status === 'succeeded') setSpoken(t('succeeded', { count, prompt }))
    else if (status === 'failed' || status === 'unknown' || status === 'canceled')
      setSpoken(t(status, { prompt }))
  }, [items, person.id, t])
  return (
    <p aria-live="polite" className="sr-only">
      {spoken}
    </p>
  )
}

/** What comes in at the head may have ended already; what comes in below is only older. */
function hasJustEnded({ id, status, createdAt }: Generation, { statuses, newest }: Seen): boolean {
  if (isOpen(status)) return false
  const was = statuses.get(id)
  return was === undefined ? createdAt > newest : isOpen(was)
}
