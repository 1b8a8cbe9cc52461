'use client'
import { useQueryClient } from '@tanstack/react-query'
import { ImageUp } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { useTakeReference } from '@/components/composer/use-take-reference'
import { referenceQueries } from '@/lib/references/client'

/** An image that is dropped or pasted anywhere on the page becomes the reference, whatever the source was before. */
export function DropAnywhere() {
  const t = useTranslations('references')
  const [isOver, setOver] = useState(false)
  const take = useTakeFile()
  const hear = useEffectEvent((event: DragEvent | ClipboardEvent) => {
    if (event.type === 'paste' && event instanceof ClipboardEvent) void take(pastedImage(event), event)
    if (!(event instanceof DragEvent) || !bringsFiles(event)) return
    event.preventDefault() // the browser would leave the page for the file
    setOver(event.type === 'dragover')
    if (event.type === 'drop') void take(event.dataTransfer?.files[0], event)
  })
  useEffect(() => {
    let isOurs = false // an image of this page that somebody drags is no file
    const listen = (event: DragEvent | ClipboardEvent) => !isOurs && hear(event)
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const begin = () => (isOurs = true)
    const end = () => (isOurs = false)
    const stop = new AbortController()
    const { signal } = stop
    window.addEventListener('dragstart', begin, { signal })
    window.addEventListener('dragend', end, { signal })
    window.addEventListener('dragover', listen, { signal })
    window.addEventListener('drop', listen, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('paste', listen, { signal })
    return () => stop.abort()
  }, [])
  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-content-center bg-scrim outline-2 -outline-offset-8 outline-focus outline-dashed">
      <p className="flex items-center gap-3 rounded-l bg-overlay px-6 py-4 text-16 font-medium shadow-lift">
        <ImageUp aria-hidden className="size-6" />
        {t('release')}
      </p>
    </div>
  )
}

/** Where upstream takes no files, the source says so and asks for a path. */
function useTakeFile() {
  const client = useQueryClient()
  const { store, team, person } = useComposer()
  const take = useTakeReference()
  return async (file: File | undefined, event: Event) => {
    if (!file || !person.canGenerate || store.get().picker) return
    event.preventDefault()
    store.edit({ source: 'reference' })
    store.setSheet(true)
    const known = await client.ensureQueryData(referenceQueries.list(team)).catch(() => null) // the field says why
    if (!known?.canUpload) return
    take(file)
  }
}

const bringsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

/** Words that come along belong into the box that has the focus. */
function pastedImage({ clipboardData, target }: ClipboardEvent): File | undefined {
  const isTyping = target instanceof HTMLElement && target.matches('input, textarea')
  if (isTyping && clipboardData?.getData('text/plain')) return undefined
  return [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'))
}
