'use client'
import { useRouter, useSearchParams, usePathname } from 'next/navigation'
import { useLayoutEffect } from 'react'
import { imageIdIn } from '@/components/images/address'
import { Lightbox } from '@/components/images/lightbox'
import type { Viewer } from '@/components/images/viewer'
import { hasOpenLayer, isWriting } from '@/components/shell/overlays'
import { shortcutOf } from '@/lib/text/shortcut'

/** The image whose address was opened directly; closing it leads to the gallery with the same filters. */
export function LightboxPage({ team, viewer, id }: { team: string; viewer: Viewer; id: string }) {
  const router = useRouter()
  const search = useSearchParams().toString()
  const shown = imageIdIn(usePathname()) ?? id
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (shortcutOf(event) !== 'Escape' || event.defaultPrevented || isWriting(event)) return
      if (!hasOpenLayer()) router.push(`/t/${team}/gallery`)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [router, team])
  return (
    <main className="fixed inset-0 z-40">
      <Lightbox
        team={team}
        viewer={viewer}
        id={shown}
        onClose={() => router.push(`/t/${team}/gallery${search && `?${search}`}`)}
        Title="h1"
      />
    </main>
  )
}
