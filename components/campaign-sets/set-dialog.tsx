import { useRouter } from 'next/navigation'
import {
  useEffect,
  useId,
  useRef,
  useState,
  type Dispatch,
  type FormEvent,
  type ReactNode,
  type RefObject,
  type SetStateAction,
} from 'react'
import { useTranslations } from 'use-intl/react'
import { BudgetShort } from '@/components/budgets/budget-short'
import { ProductsField, RatiosField, SampleField, StylesField } from '@/components/campaign-sets/plan-fields'
import { usePlan, type Kept, type SetProblem } from '@/components/campaign-sets/use-plan'
import { useComposer } from '@/components/composer/composer-context'
import { usePriced } from '@/components/generations/use-run'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { LimitedInput } from '@/components/ui/limited-input'
import { Link } from '@/components/ui/link'
import { TextArea } from '@/components/ui/text-area'
import { showToast } from '@/components/ui/toast'
import { useCreateSet } from '@/lib/campaign-sets/client'
import { CELLS_MAX, countOf, PRODUCTS_MAX } from '@/lib/campaign-sets/plan'
import type { CampaignSetInput } from '@/lib/campaign-sets/schema'
import { newIdempotencyKey } from '@/lib/generations/client'
import { errorKey } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'
import { PROMPT_MAX } from '@/lib/upstream/limits'
import { OFFERED_RATIOS } from '@/lib/upstream/ratios'

const NAME_MAX = 80

/** The plan that was sent last, and the key that it went under; null once that made a set. */
export type Sent = RefObject<{ body: string; idempotencyKey: string } | null>

type DialogProps = { kept: Kept; onKeep: Dispatch<SetStateAction<Kept>>; sentRef: Sent; onClose: () => void }

/** One prompt in several ratios and styles, for each row of a table: what it makes and costs stands above the button. */
export function SetDialog({ sentRef, onClose, ...memory }: DialogProps) {
  const t = useTranslations('sets')
  const { chosen, variables, plan, problem, choose } = usePlan(memory)
  const router = useRouter()
  const { team } = useComposer()
  const { submit, isBusy, failure, wasTried } = useSetSubmit({
    sentRef,
    onSent: (id, { idempotencyKey, isOpen }) => {
      // another plan may be written, or on its way, by then
      memory.onKeep((now) => (now === memory.kept ? null : now))
      if (sentRef.current?.idempotencyKey === idempotencyKey) sentRef.current = null
      if (!isOpen) return
      onClose()
      router.push(`/t/${team}/sets/${id}`)
    },
  })
  const requests = countOf(plan)
  const form = useId()
  const first = useRef<HTMLInputElement>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    const { table: _table, ...input } = chosen
    const ratios = OFFERED_RATIOS.filter((ratio) => plan.ratios.includes(ratio))
    const products = plan.products.map(({ name, values }) => ({ name, values: { ...values } }))
    submit(problem ? null : { ...input, ratios, styles: [...plan.styles], products })
  }
  return (
    <Dialog
      isOpen
      title={t('title')}
      lead={t('lead')}
      onClose={onClose}
      width="l"
      firstFocus={first}
      footer={
        <SetFooter
          {...{ form, requests, isBusy }}
          sample={chosen.sample}
          problem={failure ?? (wasTried && problem ? <ProblemSentence problem={problem} /> : null)}
        />
      }
    >
      <form id={form} onSubmit={send} className="grid gap-5 pb-3">
        <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-4 phone:grid-cols-1">
          <Field label={t('form.name')}>
            <LimitedInput
              ref={first}
              autoComplete="off"
              value={chosen.name}
              limit={NAME_MAX}
              onText={(name) => choose({ name })}
            />
          </Field>
          <SampleField sample={chosen.sample} onChoose={(sample) => choose({ sample })} />
        </div>
        <Field label={t('form.prompt')} hint={t('form.promptHint', { variable: `{${t('form.variable')}}` })}>
          <TextArea
            rows={3}
            value={chosen.prompt}
            onChange={(event) => choose({ prompt: event.target.value })}
          />
        </Field>
        {variables.length > 0 && (
          <ProductsField
            table={chosen.table}
            variables={variables}
            count={plan.products.length}
            onTable={(table) => choose({ table })}
          />
        )}
        <RatiosField ratios={chosen.ratios} onChoose={(ratios) => choose({ ratios })} />
        <StylesField
          styles={chosen.styles}
          hasSource={chosen.image !== undefined || chosen.imageId !== undefined}
          onChoose={(styles) => choose({ styles })}
        />
      </form>
    </Dialog>
  )
}

type FooterProps = { form: string; requests: number; sample: number; isBusy: boolean; problem: ReactNode }

/** What is wrong, how many images it makes and what they cost, and the button. */
function SetFooter({ form, requests, sample, isBusy, problem }: FooterProps) {
  const t = useTranslations('sets')
  const { team } = useComposer()
  return (
    <div className="grid w-full gap-2 border-t border-line pt-3">
      <div role="alert" className="text-13 font-medium text-danger empty:hidden">
        {problem}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Total requests={requests} sample={sample} />
        <Button type="submit" form={form} tone="gold" isBusy={isBusy}>
          {t('generate', { count: requests * sample })}
        </Button>
      </div>
      <Link href={`/t/${team}/sets`} className="touch justify-self-start text-13 text-text-2 underline">
        {t('all')}
      </Link>
    </div>
  )
}

function Total({ requests, sample }: { requests: number; sample: number }) {
  const t = useTranslations('sets')
  const { team } = useComposer()
  const { priceOf, shortage, budgetShort } = usePriced(team)
  const short = budgetShort(sample, requests)
  const price = priceOf(sample, requests)
  const missing = short ? undefined : shortage(sample, requests)
  const total = t('total', { requests, images: requests * sample })
  return (
    <div role="status" className="min-w-0 flex-1 text-14 text-text-2">
      {price ? t('totalPriced', { total, price }) : total}
      {missing && <span className="block text-13 font-medium text-text">{missing}</span>}
      {short && (
        <div className="text-13">
          <BudgetShort team={team} {...short} />
        </div>
      )}
    </div>
  )
}

function ProblemSentence({ problem }: { problem: SetProblem }) {
  const t = useTranslations('sets')
  if (problem.code === 'not_table') return t('form.notTable', { line: problem.line })
  if (problem.code === 'no_column')
    return t('problems.no_column', { variable: isolate(`{${problem.variable}}`) })
  if (problem.code === 'too_many') return t('problems.too_many', { max: CELLS_MAX })
  if (problem.code === 'too_many_products') return t('problems.too_many_products', { max: PRODUCTS_MAX })
  if (problem.code === 'missing_value')
    return t('problems.missing_value', {
      product: isolate(problem.product),
      variable: isolate(`{${problem.variable}}`),
    })
  if (problem.code === 'too_long')
    return problem.product === undefined
      ? t('problems.too_long', { max: PROMPT_MAX })
      : t('problems.too_long_with', { product: isolate(problem.product), max: PROMPT_MAX })
  return t(`problems.${problem.code}`)
}

/**
 * Sends a plan once: a second press, or one after an answer that was lost, goes under the same key, also when the dialog was closed
 * meanwhile. What came of it is told there, or by a toast once it is closed.
 */
function useSetSubmit({
  sentRef,
  onSent,
}: {
  sentRef: Sent
  onSent: (id: string, sent: { idempotencyKey: string; isOpen: boolean }) => void
}) {
  const t = useTranslations('sets')
  const c = useTranslations('common')
  const a = useTranslations('actions')
  const { team, store } = useComposer()
  const create = useCreateSet(team)
  const sentenceFor = (error: unknown) =>
    errorKey(error) === 'errors.unanswered' ? a('unanswered') : c(errorKey(error))
  const failure = create.error && sentenceFor(create.error)
  const [wasTried, setTried] = useState(false)
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => void (isOpen.current = false)
  }, [])
  function submit(input: CampaignSetInput | null) {
    setTried(true)
    if (!input || create.isPending) return
    const body = JSON.stringify(input)
    const idempotencyKey =
      sentRef.current?.body === body ? sentRef.current.idempotencyKey : newIdempotencyKey()
    sentRef.current = { body, idempotencyKey }
    create.mutateAsync({ input, idempotencyKey, isPrivate: store.get().draft.isPrivate ?? undefined }).then(
      ({ id }) => onSent(id, { idempotencyKey, isOpen: isOpen.current }),
      (error: unknown) => {
        if (!isOpen.current) showToast({ title: t('notCreated'), text: sentenceFor(error), isUrgent: true })
      },
    )
  }
  return { submit, wasTried, failure, isBusy: create.isPending }
}
