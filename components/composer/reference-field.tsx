'use client'
import { useQuery } from '@tanstack/react-query'
import { ImageUp, Images } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { DescribeButton } from '@/components/composer/describe-button'
import { PickRow } from '@/components/composer/pick-row'
import { useReference } from '@/components/composer/use-reference'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Spinner } from '@/components/ui/spinner'
import { referenceQueries } from '@/lib/references/client'
import { enterKeys } from '@/lib/text/enter-keys'

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/avif'

/** A reference: an uploaded picture, one that is there already, or a typed path where upstream takes no files. */
export function ReferenceField() {
  const t = useTranslations('create.reference')
  const { store, team } = useComposer()
  const reference = useComposed((state) => state.draft.reference)
  const { data } = useQuery(referenceQueries.list(team))
  const canUpload = data?.canUpload ?? true
  const hasRecent = (data?.items.length ?? 0) > 0
  if (reference) {
    return (
      <>
        <PickRow
          title={reference.path}
          hint={t('recent')}
          thumb={reference.thumb}
          icon={Images}
          onPress={() => store.setPicker('reference')}
          removal={{ label: t('remove'), onRemove: () => store.edit({ reference: null }) }}
        />
        <DescribeButton />
      </>
    )
  }
  return (
    <div className="grid gap-2">
      {canUpload && <FileChoice />}
      {!canUpload && <PathChoice />}
      <UploadProblem />
      {hasRecent && (
        <Button tone="ghost" size="s" onClick={() => store.setPicker('reference')}>
          <Images aria-hidden className="size-4" />
          {t('recent')}
        </Button>
      )}
    </div>
  )
}

function FileChoice() {
  const t = useTranslations('create.reference')
  const { upload } = useReference()
  const isBusy = useComposed((state) => state.upload.isBusy)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        disabled={isBusy}
        onClick={() => input.current?.click()}
        className="grid min-h-24 place-items-center content-center gap-1 rounded-m border border-dashed border-line-2 p-4 text-center hover:bg-hover"
      >
        {isBusy ? <Spinner className="size-5" /> : <ImageUp aria-hidden className="size-5 text-text-3" />}
        <span className="text-14 font-medium">{t(isBusy ? 'uploading' : 'choose')}</span>
        <span className="text-12 text-text-3">{t('chooseHint')}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label={t('file')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) void upload(file)
          event.target.value = ''
        }}
      />
    </>
  )
}

/** For an upstream that takes no files: the path of a picture that it has. */
function PathChoice() {
  const t = useTranslations('create.reference')
  const { register } = useReference()
  const [path, setPath] = useState('')
  const [enter] = useState(() => enterKeys({ mod: false }))
  const id = useId()
  const use = () => void (path.trim() && register(path.trim()))
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-13 text-text-3">
        {t('typedHint')}
      </label>
      <div className="flex gap-2">
        <Input
          id={id}
          value={path}
          placeholder={t('pathExample')}
          onChange={(event) => setPath(event.target.value)}
          onKeyDown={(event) => enter.keyDown(event.nativeEvent) && use()}
          onKeyUp={(event) => enter.keyUp(event)}
        />
        <Button className="h-10" disabled={!path.trim()} onClick={use}>
          {t('use')}
        </Button>
      </div>
    </div>
  )
}

const PROBLEMS = [
  'no_file',
  'too_many_parts',
  'too_large',
  'not_a_picture',
  'too_many_pixels',
  'too_small',
  'damaged',
  'too_slow',
] as const

/** Why a file was not taken. */
export function UploadProblem() {
  const t = useTranslations('create')
  const problem = useComposed((state) => state.upload.problem)
  if (!problem) return null
  const known = PROBLEMS.find((one) => one === problem)
  return (
    <p role="alert" className="text-13 font-medium">
      {known ? t(`reference.problems.${known}`) : t('askFailed.other')}
    </p>
  )
}
