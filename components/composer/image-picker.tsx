import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { ImageGrid } from '@/components/composer/image-grid'
import { styleIdIn as upstreamIdIn } from '@/components/composer/style-sections'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MoreOfIt } from '@/components/ui/more-of-it'
import type { SourceImage } from '@/lib/drafts/draft'
import { sourceImageOf } from '@/lib/drafts/reuse'
import { generationQueries } from '@/lib/generations/client'
import { enterKeys } from '@/lib/text/enter-keys'
import { isolate } from '@/lib/text/isolate'

/** The team's images, newest first, or upstream's number for one. */
export function ImagePicker() {
  const t = useTranslations('create.image')
  const { store, team } = useComposer()
  const generations = useInfiniteQuery(generationQueries.list(team, { isMine: false }))
  const [typed, setTyped] = useState('')
  const [enter] = useState(() => enterKeys({ mod: false }))
  const imageId = upstreamIdIn(typed)
  const close = () => store.setPicker(null)
  const choose = (image: SourceImage) => {
    store.edit({ source: 'image', image })
    close()
  }
  const chooseTyped = () => imageId !== null && choose({ imageId })
  const choices = (generations.data?.pages ?? [])
    .flatMap((page) => page.items.flatMap(({ images }) => images))
    .flatMap((image) => {
      const source = sourceImageOf(image)
      return source ? [{ image, source }] : []
    })
    .map(({ image, source }) => ({
      key: image.id,
      label: t('pick', { prompt: image.prompt }),
      tip: isolate(image.prompt),
      src: image.urls.thumb,
      onChoose: () => choose(source),
    }))
  return (
    <Dialog title={t('title')} isOpen onClose={close} width="l">
      <div className="grid gap-4">
        {choices.length > 0 ? (
          <ImageGrid choices={choices} />
        ) : (
          <p className="py-8 text-center text-14 text-text-2">{t('empty')}</p>
        )}
        <MoreOfIt query={generations} />
        <div className="flex items-end gap-2 border-t border-line pt-4">
          <Field label={t('id')} hint={t('idHint')} className="min-w-0 flex-1">
            <Input
              inputMode="numeric"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => enter.keyDown(event.nativeEvent) && chooseTyped()}
              onKeyUp={(event) => enter.keyUp(event)}
            />
          </Field>
          <Button className="mb-7 h-10" disabled={imageId === null} onClick={chooseTyped}>
            {t('use')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
