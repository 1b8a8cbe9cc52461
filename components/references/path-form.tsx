'use client'
import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'

type PathFormProps = {
  value: string | null
  /** Upstream takes no files: the path stands open and says why. */
  isOnlyWay: boolean
  isBusy: boolean
  onPath: (path: string) => void
}

/** A path that upstream already knows. No form element: it stands inside the composer's. */
export function PathForm({ value, isOnlyWay, isBusy, onPath }: PathFormProps) {
  const t = useTranslations('references')
  const [path, setPath] = useState(value ?? '')
  const use = () => path.trim() && onPath(path.trim())
  const useOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    use()
  }
  const form = (
    <div className="flex items-end gap-2">
      <Field label={t('path')} hint={isOnlyWay ? t('pathHint') : undefined} className="flex-1">
        <LimitedInput
          value={path}
          limit={300}
          spellCheck={false}
          autoComplete="off"
          placeholder={t('pathPlaceholder')}
          onText={setPath}
          onKeyDown={useOnEnter}
        />
      </Field>
      <Button
        className={isOnlyWay ? 'mb-7 h-10!' : 'h-10!'}
        isBusy={isBusy}
        disabled={!path.trim()}
        onClick={use}
      >
        {t('usePath')}
      </Button>
    </div>
  )
  if (isOnlyWay) return form
  return (
    <details className="group">
      <summary className="w-fit text-13 text-text-2 hover:text-text">{t('pathMore')}</summary>
      <div className="pt-2">{form}</div>
    </details>
  )
}
