'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { useReference } from '@/components/composer/use-reference'

/** A picture dropped or pasted anywhere on the page becomes the reference. */
export function ReferenceDrop() {
  const t = useTranslations('create.reference')
  const { person } = useComposer()
  const { upload } = useReference()
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent((event: Event, data: DataTransfer | null) => {
    const file = [...(data?.files ?? [])][0]
    if (!file || !person.mayGenerate) return
    event.preventDefault()
    void upload(file)
  })
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const onDrop = (event: DragEvent) => {
      setOver(false)
      take(event, event.dataTransfer)
    }
    window.addEventListener('dragover', onDragOver, { signal })
    window.addEventListener('dragleave', onDragLeave, { signal })
    window.addEventListener('drop', onDrop, { signal })
    window.addEventListener('paste', (event) => take(event, event.clipboardData), { signal })
    return () => ended.abort()
  }, [])
  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-scrim">
      <p className="rounded-l bg-overlay px-8 py-6 text-18 font-semibold shadow-lift">{t('drop')}</p>
    </div>
  )
}
