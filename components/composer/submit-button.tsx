'use client'
import { useEffect, useId } from 'react'
import { useTranslations } from 'use-intl/react'
import { BudgetShort } from '@/components/budgets/budget-short'
import { SetButton } from '@/components/campaign-sets/set-button'
import { useComposed, useComposer, useDraft } from '@/components/composer/composer-context'
import { useFailureSentence } from '@/components/composer/use-failure-sentence'
import { useSubmit } from '@/components/composer/use-submit'
import { usePriced } from '@/components/generations/use-run'
import { useModKey } from '@/components/shell/search-button'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { canSendAgain, isOfAnother } from '@/lib/drafts/store'
import { variablesOf } from '@/lib/prompts/variables'
import { isolate } from '@/lib/text/isolate'
import { codePoints, PROMPT_MAX } from '@/lib/upstream/limits'

/** The one gold button, and under it why it cannot be pressed or did not get through. */
export function SubmitButton() {
  const t = useTranslations('create')
  const mod = useModKey()
  const { person, team } = useComposer()
  const { priced, shortage, budgetShort } = usePriced(team)
  const { draft, problem, canSubmit, submit } = useSubmit()
  const reason = useId()
  const open = variablesOf(draft.prompt)
    .map((name) => `{${name}}`)
    .join(', ')
  const short = budgetShort(draft.sample)
  const over = codePoints(draft.prompt) - PROMPT_MAX
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
        <Button
          tone="gold"
          size="l"
          block
          disabled={!canSubmit}
          aria-describedby={reason}
          onClick={() => void submit()}
        >
          {priced(t('submit.generate', { count: draft.sample }), draft.sample)}
          <kbd
            className="rounded-s bg-gold-key px-1.5 py-0.5 text-11 font-medium max-[1180px]:hidden"
            aria-hidden
          >
            {mod}↵
          </kbd>
        </Button>
        <SetButton />
      </div>
      <div id={reason} className="text-13 text-text-2 empty:hidden">
        {!person.canGenerate
          ? t('submit.viewer')
          : problem
            ? t(`problems.${problem}`, { over })
            : short
              ? null
              : (shortage(draft.sample) ?? (open && t('submit.variables', { variables: isolate(open) })))}
        {person.canGenerate && short && <BudgetShort team={team} {...short} />}
      </div>
      <Failure />
    </div>
  )
}

/** Being offline is over with the network's return. */
function useEndOfOffline(): void {
  const { store } = useComposer()
  useEffect(() => {
    const end = () => {
      const { failure } = store.get()
      if (failure?.code !== 'offline_before') return
      const { outgoing } = failure
      store.fail(outgoing ? { status: 0, code: 'unanswered', outgoing } : null)
    }
    window.addEventListener('online', end)
    return () => window.removeEventListener('online', end)
  }, [store])
}

function Failure() {
  const t = useTranslations('create.submit')
  const { person } = useComposer()
  const failure = useComposed((state) => state.failure)
  const draft = useDraft()
  const sentenceOf = useFailureSentence()
  const { submit } = useSubmit()
  useEndOfOffline()
  if (!failure) return null
  const { status, code, outgoing } = failure
  const mayRepeat = code !== 'offline_before' && canSendAgain(failure) && person.canGenerate
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-2 text-13">
      <span className="min-w-0 flex-1">
        {outgoing && isOfAnother(failure, draft) && (
          <span dir="auto" className="block truncate text-text-2">
            {outgoing.draft.prompt}
          </span>
        )}
        {sentenceOf(failure)}{' '}
        {status === 401 && (
          <Link
            href={`/sign-in?next=${encodeURIComponent(location.pathname)}`}
            className="font-medium underline underline-offset-3"
          >
            {t('signIn')}
          </Link>
        )}
      </span>
      {mayRepeat && (
        <Button size="s" onClick={() => void submit(outgoing)}>
          {t('again')}
        </Button>
      )}
    </div>
  )
}
