'use client'
import { useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { useReuse } from '@/components/generations/use-reuse'
import { showToast } from '@/components/ui/toast'
import { isReuse } from '@/lib/drafts/reuse'
import type { Generation } from '@/lib/generations/schema'
import type { Image } from '@/lib/images/schema'
import { api, ApiError, errorKey } from '@/lib/platform/api-client'

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
    findMade(team, from)
      .then(({ made, image }) => (kind === 'vary' ? vary(made, image) : reuse(kind, made, image)))
      .catch((error: unknown) => showToast({ title: common(errorKey(error)) }))
    // once for what the address says; the functions are new with every render
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isLoaded, kind, from, team])
  return null
}

/** The generation that an id names, or whose picture it names. */
async function findMade(team: string, id: string): Promise<{ made: Generation; image?: Image }> {
  const path = encodeURIComponent(id)
  const image = await api.get<Image>(`/api/v1/images/${path}`, { team }).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  })
  const made = await api.get<Generation>(`/api/v1/generations/${image?.generationId ?? path}`, { team })
  return { made, image: image ?? made.images[0] }
}
