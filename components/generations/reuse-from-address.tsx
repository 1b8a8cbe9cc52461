'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { useReuse } from '@/components/generations/use-reuse'
import { showToast } from '@/components/ui/toast'
import { isId } from '@/lib/drafts/draft'
import { isReuse } from '@/lib/drafts/reuse'
import { NOTHING_VARIED } from '@/lib/drafts/variation'
import { getGeneration } from '@/lib/generations/client'
import type { Generation } from '@/lib/generations/schema'
import { getImage } from '@/lib/images/client'
import type { Image } from '@/lib/images/schema'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** `?reuse=all|prompt|style|source|vary&from=<image or generation>`: the difference is shown; the address forgets it. */
export function ReuseFromAddress() {
  const common = useTranslations('common')
  const { team } = useComposer()
  const { reuse, vary } = useReuse()
  const isLoaded = useComposed((state) => state.isLoaded)
  const search = useSearchParams()
  const [kind, from] = [search.get('reuse'), search.get('from')]
  useEffect(() => {
    if (!isLoaded || !from || (!isReuse(kind) && kind !== 'vary')) return
    const url = new URL(location.href)
    url.searchParams.delete('reuse')
    url.searchParams.delete('from')
    window.history.replaceState(null, '', url)
    findGeneration(team, from)
      .then(({ generation, image }) =>
        kind === 'vary' ? vary(generation, image) : reuse(kind, generation, image),
      )
      .catch((error: unknown) => showToast({ title: common(errorKey(error)) }))
    // once for what the address says; the functions are new with every render
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isLoaded, kind, from, team])
  useStartFromAddress()
  return null
}

/** `?style=<number>` or `?prompt=<words>`: what the palette and the styles lead here with is put into the form. */
function useStartFromAddress(): void {
  const { store } = useComposer()
  const isLoaded = useComposed((state) => state.isLoaded)
  const search = useSearchParams()
  const [style, prompt] = [Number(search.get('style') ?? ''), search.get('prompt')]
  useEffect(() => {
    if (!isLoaded || (!isId(style) && !prompt)) return
    const url = new URL(location.href)
    url.searchParams.delete('style')
    url.searchParams.delete('prompt')
    window.history.replaceState(null, '', url)
    const { draft } = store.get()
    const replace = () =>
      prompt
        ? store.replace('history', { ...draft, ...NOTHING_VARIED, prompt, lineage: {} })
        : store.replace('reuse', { ...draft, source: 'style', style: { styleId: style } })
    queueMicrotask(() => focusPrompt(replace)) // React draws nothing at once within an effect
  }, [isLoaded, style, prompt, store])
}

/** The generation that an id names, or whose image it names. */
async function findGeneration(team: string, id: string): Promise<{ generation: Generation; image?: Image }> {
  const path = encodeURIComponent(id)
  const image = await getImage(team, path).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  })
  const generation = await getGeneration(team, image?.generationId ?? path)
  return { generation, image: image ?? generation.images[0] }
}
