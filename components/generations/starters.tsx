'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { Thumb } from '@/components/ui/thumb'
import { EmptyState } from '@/components/ui/empty-state'
import { STARTERS } from '@/lib/drafts/starters'
import { NOTHING_VARIED } from '@/lib/drafts/variation'
import { styleQueries } from '@/lib/styles/client'

type Starter = (typeof STARTERS)[number]

/** The feed before the first image. */
export function Starters() {
  const t = useTranslations('create.starters')
  const { store, team, person } = useComposer()
  const { data } = useQuery(styleQueries.list(team))
  const begin = ({ promptKey, styleId, ratio }: Starter) => {
    const { draft } = store.get()
    const isListed = data?.items.some((style) => style.styleId === styleId)
    const style = isListed ? { styleId } : draft.style
    const begun = { ...draft, ...NOTHING_VARIED, prompt: t(promptKey), lineage: {} }
    focusPrompt(() => {
      store.replace('starter', { ...begun, source: 'style', style, ratio })
      store.setSheet(true)
    })
  }
  return (
    <EmptyState
      title={t('title')}
      image={<Fan />}
      actions={
        person.canGenerate && (
          <ul className="mt-3 flex flex-wrap justify-center gap-3">
            {STARTERS.map((starter) => (
              <li key={starter.key} className="phone:w-full">
                <button
                  type="button"
                  aria-label={t('use', { name: t(starter.key) })}
                  onClick={() => begin(starter)}
                  className="flex min-h-16 w-60 items-center gap-3 rounded-m p-2 text-left text-14 edge hover:bg-hover phone:w-full"
                >
                  <Thumb src={sourceImageOf(starter)} className="size-12 shrink-0 rounded-s" />
                  <span className="px-1">{t(starter.key)}</span>
                </button>
              </li>
            ))}
          </ul>
        )
      }
    >
      {t('lead')}
    </EmptyState>
  )
}

const sourceImageOf = ({ key }: Starter) => `/starters/${key}.webp`

function Fan() {
  const turns = ['-rotate-6 translate-x-4 translate-y-2', 'z-10', 'rotate-6 -translate-x-4 translate-y-2']
  return (
    <div aria-hidden className="flex">
      {STARTERS.map((starter, index) => (
        <Thumb
          key={starter.key}
          src={sourceImageOf(starter)}
          className={`h-28 w-24 rounded-s outline-2 outline-bg ${turns[index] ?? ''}`}
        />
      ))}
    </div>
  )
}
