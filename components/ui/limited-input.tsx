'use client'
import { useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import { Input, type InputProps } from '@/components/ui/input'
import { withinLimit } from '@/lib/text/limit'

type LimitedInputProps = Omit<InputProps, 'onChange' | 'onFocus' | 'onCompositionEnd'> & {
  /** UTF-16 units, as the server counts. */
  limit: number
  onText?: (text: string, isComposing: boolean) => void
}

/**
 * One line of text that may only be so long. The browser's own limit cuts letters in two and says nothing: here whole
 * letters are left out of what came in last, and the person is told. A syllable that is being composed waits.
 */
export function LimitedInput({ limit, onText, ...rest }: LimitedInputProps) {
  const t = useTranslations('common')
  const id = useId()
  const before = useRef('')
  const [isCut, setCut] = useState(false)
  const take = (input: HTMLInputElement) => {
    const { value: text, selectionStart } = input // an e-mail field tells no place
    const fitting = withinLimit({ before: before.current, text, caret: selectionStart ?? text.length, limit })
    if (fitting) {
      input.value = fitting.text
      if (selectionStart !== null) input.setSelectionRange(fitting.caret, fitting.caret)
    }
    before.current = input.value
    setCut(fitting !== null)
    onText?.(input.value, false)
  }
  return (
    <>
      <Input
        {...rest}
        aria-describedby={cn(rest['aria-describedby'], isCut && id) || undefined}
        onFocus={({ currentTarget }) => (before.current = currentTarget.value)}
        onChange={({ currentTarget, nativeEvent }) =>
          'isComposing' in nativeEvent && nativeEvent.isComposing === true
            ? onText?.(currentTarget.value, true)
            : take(currentTarget)
        }
        onCompositionEnd={({ currentTarget }) => take(currentTarget)}
      />
      {isCut && (
        <p id={id} role="alert" className="text-13 text-text-2">
          {t('cut')}
        </p>
      )}
    </>
  )
}
