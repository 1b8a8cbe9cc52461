'use client'
import { useTranslations } from 'use-intl/react'
import { Balances } from '@/components/composer/balances'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { PromptBox } from '@/components/composer/prompt-box'
import { RatioPicker } from '@/components/composer/ratio-picker'
import { SourceField } from '@/components/composer/source-field'
import { SubmitButton } from '@/components/composer/submit-button'
import { onDemand } from '@/components/ui/on-demand'
import { Segmented } from '@/components/ui/segmented'
import { SAMPLES } from '@/lib/upstream/limits'

const ProposalCard = onDemand(() =>
  import('@/components/composer/proposal').then((module) => module.ProposalCard),
)

/** The form beside the feed; on phones `ComposerDock` shows it as a sheet. */
export function Composer() {
  const t = useTranslations('create')
  return (
    <aside
      aria-label={t('composer')}
      data-draft=""
      className="sticky top-(--bar-height) flex h-[calc(100dvh-var(--bar-height))] flex-col border-r border-line bg-panel phone:hidden"
    >
      <div className="flex min-h-0 flex-1 [scrollbar-width:thin] flex-col gap-6 overflow-y-auto px-5 pt-5 pb-14 short:gap-4">
        <ComposerFields />
      </div>
      {/* A banner above pushes the form down by its height: the foot stays in the window, over the room left for it. */}
      <div className="sticky bottom-0 border-t border-line bg-panel px-5 pt-4 pb-5 short:pt-3 short:pb-4">
        <ComposerFoot />
      </div>
    </aside>
  )
}

export function ComposerFields() {
  return (
    <>
      <PromptBox />
      <Proposal />
      <SourceField />
      <RatioPicker />
      <SamplePicker />
    </>
  )
}

/** Comes with the first difference that is to be shown. That it has come is also said: the focus may stay in the prompt. */
function Proposal() {
  const t = useTranslations('create.proposal')
  const proposal = useComposed((state) => state.proposal)
  const origin = proposal?.origin
  const kind = origin === 'enhance' || origin === 'describe' || origin === 'vary' ? origin : 'reuse'
  return (
    <>
      <p aria-live="polite" className="sr-only">
        {proposal && t(kind)}
      </p>
      {proposal && <ProposalCard proposal={proposal} title={t(kind)} />}
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
