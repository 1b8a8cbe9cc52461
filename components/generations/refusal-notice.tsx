'use client'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { AnswerLink } from '@/components/generations/answer-link'
import { DismissButton, RetryButton } from '@/components/generations/retry-button'
import { useRefusalWords } from '@/components/generations/use-refusal-words'
import { useReuse } from '@/components/generations/use-reuse'
import { may, type Viewer } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import type { Generation } from '@/lib/generations/schema'
import { FLAMEL_URL, type Meaning, type NextStep } from '@/lib/upstream/flamel/refusals'
import { SAMPLES } from '@/lib/upstream/limits'

/** Why a generation failed: what happened, was it charged, what next, and who can do it. */
export function RefusalNotice({ generation, onDetails }: { generation: Generation; onDetails: () => void }) {
  const sentences = useRefusalWords(generation)
  const t = useTranslations('refusals')
  const who = sentences.meaning?.who
  const elsewhere = who === 'maker' ? undefined : who // what the reader can do is a button
  const charged = generation.error?.charged ?? 'unknown'
  return (
    <Notice
      kind="refused"
      title={sentences.title}
      fact={<Fact charged={t(`charged.${charged}`)} who={elsewhere && t(`who.${elsewhere}`)} />}
      actions={<NextSteps generation={generation} meaning={sentences.meaning} onDetails={onDetails} />}
    >
      <p>{sentences.cause}</p>
      <p className="mt-1">{sentences.next}</p>
    </Notice>
  )
}

function Fact({ charged, who }: { charged: string; who?: string }) {
  return (
    <>
      {charged}
      {who && <> · {who}</>}
    </>
  )
}

type StepsProps = { generation: Generation; meaning: Meaning | null; onDetails: () => void }

/** The likeliest way on first. A person is shown the ways that are open to them. */
function NextSteps({ generation, meaning, onDetails }: StepsProps) {
  const t = useTranslations('generations.steps')
  const { person } = useComposer()
  const { reuse } = useReuse()
  if (!person.canGenerate) return <DetailsButton onDetails={onDetails} />
  const next = meaning?.next
  const isLikeliest = next === undefined || next === 'wait' || next === 'try_again'
  return (
    <>
      <Change generation={generation} next={next} />
      <Elsewhere generation={generation} next={next} />
      {isLikeliest && <RetryButton generation={generation} tone="inverse" />}
      {next !== 'edit_prompt' && (
        <Button tone="ghost" size="s" onClick={() => reuse('all', generation)}>
          {t('back')}
        </Button>
      )}
      <AnswerLink generation={generation} />
      {next === 'read_answer' && <DetailsButton onDetails={onDetails} />}
      <DismissButton generation={generation} />
    </>
  )
}

type Next = Meaning['next'] | undefined

/** What can be changed in the form. */
function Change({ generation, next }: { generation: Generation; next: Next }) {
  const t = useTranslations('generations.steps')
  const { store } = useComposer()
  const { edit } = useReuse()
  const fewer = [...SAMPLES].reverse().find((sample) => sample < generation.sample)
  const button = (label: string, onClick: () => void) => (
    <Button tone="inverse" size="s" onClick={onClick}>
      {label}
    </Button>
  )
  if (next === 'edit_prompt') return button(t('edit'), () => edit(generation))
  if (next === 'choose_style') return button(t('style'), () => store.setPicker('style'))
  if (next === 'choose_source') {
    if (generation.source.kind !== 'reference') return button(t('source'), () => store.setPicker('image'))
    return button(t('source'), () => {
      store.edit({ source: 'reference', reference: null })
      store.setSheet(true)
    })
  }
  if (next !== 'top_up' || fewer === undefined) return null
  return button(t('fewer', { count: fewer }), () => {
    edit(generation)
    store.edit({ sample: fewer })
  })
}

/** What it takes to put it right elsewhere. */
const RIGHTS = {
  replace_key: 'change_upstream',
  fix_billing: 'change_upstream',
  top_up: 'manage_budgets',
  ask_flamel: 'edit_styles',
} as const satisfies Partial<Record<NextStep, Viewer['acts'][number]>>

/** Where else it can be put right, for those who can. */
function Elsewhere({ generation, next }: { generation: Generation; next: Next }) {
  const t = useTranslations('generations.steps')
  const { team } = useComposer()
  const viewer = useViewer()
  const isFlamels = next === 'top_up' || next === 'ask_flamel' || next === 'fix_billing'
  return (
    <>
      {next === 'replace_key' && may(viewer, RIGHTS[next]) && (
        <Link href={`/t/${team}/settings/connection`} className={buttonClass({ tone: 'inverse', size: 's' })}>
          {t('settings')}
        </Link>
      )}
      {isFlamels && may(viewer, RIGHTS[next]) && (
        <a href={FLAMEL_URL} target="_blank" rel="noreferrer" className={buttonClass({ size: 's' })}>
          {t('flamel')}
        </a>
      )}
      {generation.error?.code === 'not_owned_style' && may(viewer, 'edit_styles') && (
        <Link href={`/t/${team}/styles`} className={buttonClass({ size: 's' })}>
          {t('hide')}
        </Link>
      )}
    </>
  )
}

function DetailsButton({ onDetails }: { onDetails: () => void }) {
  const t = useTranslations('generations.steps')
  return (
    <Button tone="quiet" size="s" onClick={onDetails}>
      {t('details')}
    </Button>
  )
}
