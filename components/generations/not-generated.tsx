'use client'
import { ChevronDown } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import type { Generation } from '@/lib/generations/schema'

/** A part of the feed: one generation, or several in a row of which nothing came. */
export type Part = { kind: 'one'; generation: Generation } | { kind: 'folded'; generations: Generation[] }

const cameToNothing = ({ status, images }: Generation) =>
  (status === 'failed' || status === 'canceled') && images.length === 0

/** Folds what came to nothing where two or more stand in a row. The newest of all stays open: somebody has just asked for it. */
export function partsOf(items: readonly Generation[]): Part[] {
  const parts: Part[] = []
  for (const [index, generation] of items.entries()) {
    const last = parts.at(-1)
    if (index === 0 || !cameToNothing(generation)) parts.push({ kind: 'one', generation })
    else if (last?.kind === 'folded') last.generations.push(generation)
    else parts.push({ kind: 'folded', generations: [generation] })
  }
  return parts.flatMap((part): Part[] => {
    const [only, ...others] = part.kind === 'folded' ? part.generations : []
    return only && others.length === 0 ? [{ kind: 'one', generation: only }] : [part]
  })
}

/** Several that came to nothing, as one line that opens. */
export function NotGenerated({ count, children }: { count: number; children: ReactNode }) {
  const t = useTranslations('generations')
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-label={t('notGenerated', { count })} className="grid gap-10">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="touch flex items-center gap-2 justify-self-start rounded-m py-1.5 text-13 font-medium text-text-3 hover:text-text"
      >
        <ChevronDown aria-hidden className={cn('size-4 transition-transform', !isOpen && '-rotate-90')} />
        {t('notGenerated', { count })}
      </button>
      {isOpen && children}
    </section>
  )
}
