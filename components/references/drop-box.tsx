'use client'
import { ImageUp, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { IconButton } from '@/components/ui/icon-button'
import { Spinner } from '@/components/ui/spinner'
import type { Reference } from '@/lib/references/schema'

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/avif'

type DropBoxProps = {
  chosen: Reference | null
  isBusy: boolean
  onFile: (file: File) => void
  onRemove: () => void
}

/** The place for a file: a button. Dropping and pasting work on the whole page (`DropAnywhere`). */
export function DropBox({ chosen, isBusy, onFile, onRemove }: DropBoxProps) {
  const t = useTranslations('references')
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="relative overflow-hidden rounded-m bg-field outline-1 -outline-offset-1 outline-line-2 outline-dashed">
      {chosen?.urls && !isBusy ? (
        <Chosen reference={chosen} onRemove={onRemove} />
      ) : (
        <button
          type="button"
          disabled={isBusy}
          onClick={() => input.current?.click()}
          className="grid min-h-32 w-full place-items-center gap-2 p-4 text-center text-14 text-text-2"
        >
          {isBusy ? <Spinner /> : <ImageUp aria-hidden className="size-5" />}
          <span role="status">
            {isBusy ? (
              t('uploading')
            ) : (
              <>
                {t('drop')} <span className="font-medium text-text underline">{t('choose')}</span>
              </>
            )}
          </span>
          <span className="text-12 text-text-3">{t('kinds')}</span>
        </button>
      )}
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        aria-label={t('label')}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onFile(file)
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}

function Chosen({ reference, onRemove }: { reference: Reference; onRemove: () => void }) {
  const t = useTranslations('references')
  return (
    <div className="flex items-center gap-3 p-2">
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img
        src={reference.urls?.thumb}
        alt=""
        width={reference.width ?? undefined}
        height={reference.height ?? undefined}
        className="h-20 w-auto max-w-40 rounded-s object-cover"
      />
      <div className="min-w-0 flex-1">
        <p className="text-14 font-medium">{t('chosen')}</p>
        <p dir="auto" className="truncate text-12 text-text-3">
          {reference.path}
        </p>
      </div>
      <IconButton label={t('remove')} onClick={onRemove}>
        <X className="size-4" />
      </IconButton>
    </div>
  )
}
