'use client'
import { RotateCw } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { useDismissal } from '@/components/generations/use-dismissal'
import { usePriced, useRun } from '@/components/generations/use-run'
import { Button, type ButtonTone } from '@/components/ui/button'
import type { Generation } from '@/lib/generations/schema'

/** The same again, with what it will cost. */
export function RetryButton({ generation, tone }: { generation: Generation; tone: ButtonTone }) {
  const t = useTranslations('actions')
  const { team, person } = useComposer()
  const run = useRun(team)
  const { priced } = usePriced(team)
  if (!person.canGenerate) return null
  return (
    <Button tone={tone} size="s" onClick={() => void run({ kind: 'again' }, generation)}>
      <RotateCw aria-hidden className="size-3.5" />
      {priced(t('retry'), generation.sample)}
    </Button>
  )
}

/** Puts the card away. */
export function DismissButton({ generation }: { generation: Generation }) {
  const t = useTranslations('generations.actions')
  const dismiss = useDismissal(generation)
  return (
    dismiss && (
      <Button tone="ghost" size="s" onClick={dismiss}>
        {t('dismiss')}
      </Button>
    )
  )
}
