'use client'
import { ImageIcon } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { DescribeButton } from '@/components/composer/describe-button'
import { PickRow } from '@/components/composer/pick-row'

/** A collection image: one that the team made, or upstream's number for one. */
export function ImageField() {
  const t = useTranslations('create.image')
  const { store } = useComposer()
  const image = useComposed((state) => state.draft.image)
  const onPress = () => store.setPicker('image')
  if (!image) return <PickRow title={t('choose')} hint={t('chooseHint')} icon={ImageIcon} onPress={onPress} />
  const number = t('number', { imageId: image.imageId })
  return (
    <>
      <PickRow
        title={image.prompt || number}
        hint={image.prompt ? number : undefined}
        thumb={image.thumb}
        icon={ImageIcon}
        onPress={onPress}
        removal={{ label: t('remove'), onRemove: () => store.edit({ image: null }) }}
      />
      <DescribeButton />
    </>
  )
}
