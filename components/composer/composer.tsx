'use client'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { Balances } from '@/components/composer/balances'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { GroupLine } from '@/components/composer/group-line'
import { PromptBox } from '@/components/composer/prompt-box'
import { ProposalCard } from '@/components/composer/proposal'
import { RatioPicker } from '@/components/composer/ratio-picker'
import { SourceField } from '@/components/composer/source-field'
import { SubmitButton } from '@/components/composer/submit-button'
import { Segmented } from '@/components/ui/segmented'
import { SAMPLES } from '@/lib/flamel/ratios'

/** The form beside the feed; on phones `ComposerDock` shows it as a sheet. */
export function Composer() {
  const t = useTranslations('create')
  const panel = useRef<HTMLElement>(null)
  useEffect(() => (panel.current ? fillTheWindow(panel.current) : undefined), [])
  return (
    <aside
      ref={panel}
      aria-label={t('composer')}
      className="sticky top-(--bar-height) flex h-[calc(100dvh-var(--bar-height))] flex-col border-r border-line bg-panel phone:hidden"
    >
      <div className="flex min-h-0 flex-1 [scrollbar-width:thin] flex-col gap-6 overflow-y-auto px-5 pt-5 pb-4">
        <ComposerFields />
      </div>
      <div className="border-t border-line px-5 pt-4 pb-5">
        <ComposerFoot />
      </div>
    </aside>
  )
}

/** Banners above push the form down: it ends where the window ends, so that its foot stays in sight. */
function fillTheWindow(panel: HTMLElement): () => void {
  const fit = () => {
    panel.style.height = `${window.innerHeight - panel.getBoundingClientRect().top}px`
  }
  const watch = new ResizeObserver(fit)
  watch.observe(document.body)
  window.addEventListener('scroll', fit, { passive: true })
  window.addEventListener('resize', fit)
  return () => {
    watch.disconnect()
    window.removeEventListener('scroll', fit)
    window.removeEventListener('resize', fit)
  }
}

export function ComposerFields() {
  return (
    <>
      <PromptBox />
      <ProposalCard />
      <SourceField />
      <RatioPicker />
      <SamplePicker />
      <GroupLine />
    </>
  )
}

/** What is left and the button; always in sight. */
export function ComposerFoot() {
  return (
    <div className="w-full">
      <Balances />
      <SubmitButton />
    </div>
  )
}

function SamplePicker() {
  const t = useTranslations('create.sample')
  const { store } = useComposer()
  const chosen = useComposed((state) => state.draft.sample)
  const options = SAMPLES.map((sample) => ({
    value: String(sample),
    label: String(sample),
    name: t('name', { count: sample }),
  }))
  return (
    <div className="flex items-center justify-between gap-3">
      <span className="text-13 font-medium text-text-2">{t('label')}</span>
      <Segmented
        label={t('label')}
        value={String(chosen)}
        options={options}
        onChange={(value) => store.edit({ sample: SAMPLES.find((sample) => String(sample) === value) })}
        className="w-[168px]"
      />
    </div>
  )
}
