'use client'
import { useId } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { cn } from '@/components/ui/cn'
import { OFFERED_RATIOS, type Ratio } from '@/lib/upstream/ratios'

/** The shapes as they are drawn on their buttons, in px. */
const shapes: Record<(typeof OFFERED_RATIOS)[number], { width: number; height: number }> = {
  '1:1': { width: 24, height: 24 },
  '3:4': { width: 20, height: 26 },
  '4:3': { width: 26, height: 20 },
  '9:16': { width: 16, height: 27 },
  '16:9': { width: 28, height: 16 },
}

export function RatioPicker() {
  const t = useTranslations('create.ratio')
  const { store } = useComposer()
  const ratio = useComposed((state) => state.draft.ratio)
  const name = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-13 font-medium text-text-2">{t('label')}</legend>
      <div className="grid grid-cols-5 gap-1">
        {OFFERED_RATIOS.map((one) => (
          <Shape
            key={one}
            name={name}
            ratio={one}
            isChosen={one === ratio}
            onChoose={() => store.edit({ ratio: one })}
          />
        ))}
      </div>
    </fieldset>
  )
}

type ShapeProps = {
  name: string
  ratio: Ratio & keyof typeof shapes
  isChosen: boolean
  onChoose: () => void
}

function Shape({ name, ratio, isChosen, onChoose }: ShapeProps) {
  return (
    <label
      className={cn(
        'relative flex h-[68px] cursor-pointer flex-col items-center justify-end gap-2 rounded-m pb-2 text-12 font-medium transition-colors duration-(--fast) short:h-14 short:gap-1 short:pb-1',
        'has-focus-visible:outline-2 has-focus-visible:outline-focus',
        isChosen ? 'bg-field text-text edge' : 'text-text-3 hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name={name}
        value={ratio}
        checked={isChosen}
        onChange={onChoose}
        className="sr-only"
      />
      <span aria-hidden className="grid h-7 place-items-center">
        <span
          style={shapes[ratio]}
          className={cn('rounded-[3px] border-[1.75px] border-current', isChosen && 'bg-current')}
        />
      </span>
      {ratio}
    </label>
  )
}
