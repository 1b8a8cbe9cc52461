'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { Thumb } from '@/components/composer/thumb'
import { EmptyState } from '@/components/ui/empty-state'
import { styleQueries } from '@/lib/styles/client'

/** Three ways to begin, each in a style that the catalogue may have. */
const starters = [
  { key: 'hills', promptKey: 'hillsPrompt', styleId: 103, ratio: '4:3' },
  { key: 'boat', promptKey: 'boatPrompt', styleId: 102, ratio: '1:1' },
  { key: 'tiger', promptKey: 'tigerPrompt', styleId: 109, ratio: '3:4' },
] as const

/** The feed before the first picture. */
export function Starters() {
  const t = useTranslations('create.starters')
  const { store, team, person } = useComposer()
  const { data } = useQuery(styleQueries.list(team))
  const styleOf = (styleId: number) => data?.items.find((style) => style.styleId === styleId)
  const begin = ({ promptKey, styleId, ratio }: (typeof starters)[number]) => {
    const { draft } = store.get()
    const style = styleOf(styleId) ? { styleId } : draft.style
    store.replace('starter', { ...draft, prompt: t(promptKey), lineage: {}, source: 'style', style, ratio })
    store.setSheet(true)
    focusPrompt()
  }
  const fan = starters.flatMap(({ styleId }) => styleOf(styleId)?.thumbnailUrl ?? [])
  return (
    <EmptyState
      title={t('title')}
      picture={fan.length === starters.length ? <Fan sources={fan} /> : undefined}
      actions={
        person.mayGenerate && (
          <ul className="mt-3 flex flex-wrap justify-center gap-3">
            {starters.map((starter) => {
              const thumb = styleOf(starter.styleId)?.thumbnailUrl
              return (
                <li key={starter.key} className="phone:w-full">
                  <button
                    type="button"
                    aria-label={t('use', { name: t(starter.key) })}
                    onClick={() => begin(starter)}
                    className="flex min-h-16 w-60 items-center gap-3 rounded-m p-2 text-left text-14 edge hover:bg-hover phone:w-full"
                  >
                    {thumb && <Thumb src={thumb} className="size-12 shrink-0 rounded-s" />}
                    <span className="px-1">{t(starter.key)}</span>
                  </button>
                </li>
              )
            })}
          </ul>
        )
      }
    >
      {t('lead')}
    </EmptyState>
  )
}

function Fan({ sources }: { sources: string[] }) {
  const turns = ['-rotate-6 translate-x-4 translate-y-2', 'z-10', 'rotate-6 -translate-x-4 translate-y-2']
  return (
    <div aria-hidden className="flex">
      {sources.map((src, index) => (
        <Thumb
          key={src}
          src={src}
          className={`h-28 w-24 rounded-s outline-2 outline-bg ${turns[index] ?? ''}`}
        />
      ))}
    </div>
  )
}
