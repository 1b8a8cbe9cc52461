'use client'
import { usePathname, useSelectedLayoutSegment } from 'next/navigation'
import { imageIdIn } from '@/components/images/address'
import type { Viewer } from '@/components/images/viewer'
import { useDueRefresh } from '@/components/shell/refresh'
import { onDemand } from '@/components/ui/on-demand'

const LightboxOverlay = onDemand(() =>
  import('@/components/images/lightbox-overlay').then((module) => module.LightboxOverlay),
)

/**
 * Shows the image that the address names over whatever page is open. When the address was opened directly the page
 * itself is the image's, and this has nothing to do. Its code comes with the first image.
 */
export function LightboxHost({ team, viewer }: { team: string; viewer: Viewer }) {
  const id = imageIdIn(usePathname())
  const isOwnPage = useSelectedLayoutSegment() === 'images'
  useDueRefresh({ isOpen: id !== undefined, isOwnPage })
  return id && !isOwnPage ? <LightboxOverlay team={team} viewer={viewer} id={id} /> : null
}
