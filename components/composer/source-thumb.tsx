'use client'
import { useQuery } from '@tanstack/react-query'
import { ImageIcon, Palette } from 'lucide-react'
import { useDraft, useComposer } from '@/components/composer/composer-context'
import { styleQueries } from '@/lib/styles/client'
import { Thumb } from '@/components/ui/thumb'

/** What the images start from, as a small square. */
export function SourceThumb({ size }: { size: number }) {
  const { team } = useComposer()
  const { source, style, reference, image } = useDraft()
  const { data } = useQuery(styleQueries.list(team))
  const styleThumb = data?.items.find(({ styleId }) => styleId === style?.styleId)?.thumbnailUrl
  const src = source === 'style' ? styleThumb : source === 'reference' ? reference?.thumb : image?.thumb
  const Icon = source === 'style' ? Palette : ImageIcon
  return (
    <span
      aria-hidden
      style={{ width: size, height: size }}
      className="grid shrink-0 place-items-center overflow-hidden rounded-s bg-skeleton text-text-3"
    >
      {src ? <Thumb src={src} /> : <Icon className="size-5" />}
    </span>
  )
}
