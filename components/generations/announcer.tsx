'use client'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { isOpen, type Status } from '@/lib/generations/status'
import type { Generation } from '@/lib/generations/schema'

const SPOKEN_MAX = 80

/** Says to screen readers when something of one's own has come to an end. */
export function Announcer({ items }: { items: readonly Generation[] }) {
  const t = useTranslations('generations.announce')
  const { person } = useComposer()
  const before = useRef(new Map<string, Status>())
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const ended = items.find(({ id, status, maker }) => {
      const was = before.current.get(id)
      return maker.id === person.id && was !== undefined && isOpen(was) && !isOpen(status)
    })
    before.current = new Map(items.map(({ id, status }) => [id, status]))
    if (!ended) return
    const prompt = ended.prompt.slice(0, SPOKEN_MAX)
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
