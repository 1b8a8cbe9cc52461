import { useQuery } from '@tanstack/react-query'
import { useId, useLayoutEffect, useState, type RefObject } from 'react'
import { useTranslations } from 'use-intl/react'
import { FillTemplate } from '@/components/prompts/fill-template'
import { useTemplateUse } from '@/components/prompts/use-template'
import { cn } from '@/components/ui/cn'
import { promptQueries } from '@/lib/prompts/client'
import type { Completion } from '@/lib/prompts/completion'
import type { PromptTemplate } from '@/lib/prompts/schema'
import { matches } from '@/lib/text/search'

const SHOWN = 6

type CompletionProps = {
  team: string
  completion: Completion
  box: RefObject<HTMLTextAreaElement | null>
  onInsert: (completion: Completion, text: string) => void
  /** A template was chosen: the list stays although the box may lose the focus. */
  onHold: () => void
  onClose: () => void
}

/** The team's templates for what is typed after `#`: arrows and Enter choose, Escape closes, the text box keeps the focus. */
export function TemplateCompletion({ team, completion, box, onInsert, onHold, onClose }: CompletionProps) {
  const t = useTranslations('templates')
  const id = useId()
  const { data } = useQuery(promptQueries.templates(team))
  const { use: begin, filled } = useTemplateUse(team, (text) => onInsert(completion, text))
  const found = (data?.items ?? []).filter(({ name }) => matches(completion.query, [name])).slice(0, SHOWN)
  const [pointed, setPointed] = useState(0)
  const at = Math.min(pointed, found.length - 1)
  const choose = (template: PromptTemplate) => {
    onHold()
    begin(template)
  }
  const isShown = found.length > 0 && filled === null
  useListKeys(box, isShown ? { id, found, at, onPoint: setPointed, onChoose: choose, onClose } : null)
  if (filled) return <FillTemplate {...filled} onClose={onClose} />
  if (!isShown) return null
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t('complete')}
      className="absolute inset-x-0 top-full z-20 mt-1 grid rounded-m bg-overlay p-1 shadow-lift"
    >
      {found.map((template, place) => (
        <li
          key={template.id}
          id={`${id}-${place}`}
          role="option"
          aria-selected={place === at}
          onPointerDown={(event) => event.preventDefault()}
          onPointerEnter={() => setPointed(place)}
          onClick={() => choose(template)}
          className={cn(
            'touch grid cursor-pointer content-center rounded-s px-2.5 py-1.5',
            place === at && 'bg-hover',
          )}
        >
          <span dir="auto" className="truncate text-13 font-medium">
            {template.name}
          </span>
          <span dir="auto" className="truncate text-12 text-text-3">
            {template.text}
          </span>
        </li>
      ))}
    </ul>
  )
}

type Keys = {
  id: string
  found: readonly PromptTemplate[]
  at: number
  onPoint: (at: number) => void
  onChoose: (template: PromptTemplate) => void
  onClose: () => void
}

/**
 * Keys for the list while the text box has the focus; they come here before the box sends or breaks a line. From its first
 * frame on: whoever sees the list may press Enter at once.
 */
function useListKeys(box: RefObject<HTMLTextAreaElement | null>, keys: Keys | null): void {
  useLayoutEffect(() => {
    const field = box.current
    if (!field || !keys) return
    const { id, found, at, onPoint, onChoose, onClose } = keys
    const acts: Record<string, () => void> = {
      ArrowDown: () => onPoint((at + 1) % found.length),
      ArrowUp: () => onPoint((at + found.length - 1) % found.length),
      Enter: () => found[at] && onChoose(found[at]),
      Tab: () => found[at] && onChoose(found[at]),
      Escape: onClose,
    }
    const listen = (event: KeyboardEvent) => {
      const act = acts[event.key]
      if (!act || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
        return
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    field.addEventListener('keydown', listen)
    field.setAttribute('aria-controls', id)
    field.setAttribute('aria-activedescendant', `${id}-${at}`)
    return () => {
      field.removeEventListener('keydown', listen)
      field.removeAttribute('aria-controls')
      field.removeAttribute('aria-activedescendant')
    }
  })
}
