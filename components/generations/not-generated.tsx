'use client'
import { ChevronDown } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import type { Generation } from '@/lib/generations/schema'
import { isOpen } from '@/lib/generations/status'

/** A part of the feed: one generation, or several in a row of which nothing came. */
export type Part = { kind: 'one'; generation: Generation } | { kind: 'folded'; generations: Generation[] }

const cameToNothing = ({ status, images, set }: Generation) =>
  (status === 'failed' || status === 'canceled') && images.length === 0 && !set

/**
 * Folds what came to nothing where two or more stand in a row. The newest of all stays open, and so does what `isNews`:
 * nothing folds under the eyes of who reads it.
 */
export function partsOf(items: readonly Generation[], isNews: (generation: Generation) => boolean): Part[] {
  const parts: Part[] = []
  for (const [index, generation] of items.entries()) {
    const last = parts.at(-1)
    if (index === 0 || !cameToNothing(generation) || isNews(generation))
      parts.push({ kind: 'one', generation })
    else if (last?.kind === 'folded') last.generations.push(generation)
    else parts.push({ kind: 'folded', generations: [generation] })
  }
  return parts.flatMap((part): Part[] => {
    const [only, ...others] = part.kind === 'folded' ? part.generations : []
    return only && others.length === 0 ? [{ kind: 'one', generation: only }] : [part]
  })
}

/** Tells what came, or came to its end, since the first of the generations were shown. */
export function useIsNews(items: readonly Generation[]): (generation: Generation) => boolean {
  const [first, setFirst] = useState<{ newest: string; open: Set<string> } | null>(null)
  const [head] = items
  if (!first && head)
    setFirst({
      newest: head.createdAt,
      open: new Set(items.filter(({ status }) => isOpen(status)).map(({ id }) => id)),
    })
  return ({ id, createdAt }) => first !== null && (createdAt > first.newest || first.open.has(id))
}

type NotGeneratedProps = {
  count: number
  isUnfolded: boolean
  onUnfold: (isUnfolded: boolean) => void
  children: ReactNode
}

/** Several that came to nothing, as one line that opens. */
export function NotGenerated({ count, isUnfolded, onUnfold, children }: NotGeneratedProps) {
  const t = useTranslations('generations')
  return (
    <section aria-label={t('notGenerated', { count })} className="grid gap-10">
      <button
        type="button"
        aria-expanded={isUnfolded}
        onClick={() => onUnfold(!isUnfolded)}
        className="touch flex items-center gap-2 justify-self-start rounded-m py-1.5 text-13 font-medium text-text-3 hover:text-text"
      >
        <ChevronDown aria-hidden className={cn('size-4 transition-transform', !isUnfolded && '-rotate-90')} />
        {t('notGenerated', { count })}
      </button>
      {isUnfolded && children}
    </section>
  )
}
