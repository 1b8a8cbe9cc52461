import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { BookmarkPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ListState } from '@/components/prompts/list-state'
import { IconButton } from '@/components/ui/icon-button'
import { MoreOfIt } from '@/components/ui/more-of-it'
import { SearchInput } from '@/components/ui/search-input'
import { Thumb } from '@/components/ui/thumb'
import { promptQueries } from '@/lib/prompts/client'
import { isolate } from '@/lib/text/isolate'

type HistoryProps = {
  team: string
  onUse: (prompt: string) => void
  /** Keeps the prompt as a template. */
  onSave: (prompt: string) => void
}

/** What the person sent in this team, newest first, on whatever device. */
export function PromptHistory({ team, onUse, onSave }: HistoryProps) {
  const t = useTranslations('templates')
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const query = useInfiniteQuery({ ...promptQueries.history(team, q), placeholderData: keepPreviousData })
  const prompts = query.data?.pages.flatMap(({ items }) => items)
  return (
    <>
      <SearchInput label={t('searchHistory')} value={typed} onText={setTyped} />
      <ListState query={query} count={prompts?.length} typed={q} empty={t('historyEmpty')} />
      <ul className="-mx-2 grid grid-cols-1 gap-0.5">
        {prompts?.map(({ id, prompt, thumb }) => (
          <li key={id} className="flex items-center gap-1">
            <button
              type="button"
              aria-label={t('use', { prompt: isolate(prompt) })}
              onClick={() => onUse(prompt)}
              className="flex min-w-0 flex-1 items-center gap-3 rounded-m p-2 text-left hover:bg-hover"
            >
              <span className="size-12 shrink-0 overflow-hidden rounded-s bg-skeleton">
                {thumb && <Thumb src={thumb} />}
              </span>
              <span dir="auto" className="line-clamp-2 min-w-0 text-14 wrap-anywhere">
                {prompt}
              </span>
            </button>
            <IconButton
              label={t('saveAs', { prompt: isolate(prompt) })}
              tip="none"
              title={t('saveAsShort')}
              onClick={() => onSave(prompt)}
            >
              <BookmarkPlus aria-hidden className="size-[18px]" />
            </IconButton>
          </li>
        ))}
      </ul>
      <MoreOfIt key={q} query={query} />
    </>
  )
}
