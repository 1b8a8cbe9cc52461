'use client'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { SourceThumb } from '@/components/composer/source-thumb'
import { useSubmit } from '@/components/composer/use-submit'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'

const PHONE = '(max-width: 760px)'
const ComposerSheet = onDemand(() =>
  import('@/components/composer/composer-sheet').then((module) => module.ComposerSheet),
)

/** On phones: the prompt docked above the navigation, and the whole form in a sheet. */
export function ComposerDock() {
  const t = useTranslations('create')
  const { store, person } = useComposer()
  const { draft, canSubmit, submit } = useSubmit()
  /** What is in the way stands in the sheet. */
  const press = async () => {
    if (canSubmit) await submit()
    if (!canSubmit || store.get().failure) store.setSheet(true)
  }
  if (!person.canGenerate)
    return (
      <p className="fixed inset-x-0 bottom-(--nav-height) z-20 border-t border-line bg-bg px-4 py-5 text-13 text-text-2 desk:hidden">
        {t('submit.viewer')}
      </p>
    )
  return (
    <>
      <div className="fixed inset-x-0 bottom-(--nav-height) z-20 flex items-center gap-2 border-t border-line bg-bg p-2 desk:hidden">
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => store.setSheet(true)}
          className="flex h-12 min-w-0 flex-1 items-center gap-2.5 rounded-m bg-field pr-3.5 pl-1.5 text-left text-15 edge"
        >
          <SourceThumb size={36} />
          <span className="sr-only">{t('open')}</span>
          <span dir="auto" className={draft.prompt ? 'truncate' : 'truncate text-text-3'}>
            {draft.prompt || t('dockEmpty')}
          </span>
        </button>
        <Button tone="gold" size="l" disabled={!draft.prompt.trim()} onClick={press}>
          {t('submit.short')}
        </Button>
      </div>
      <Sheet />
    </>
  )
}

/** The sheet comes with its first opening; on a desk the form is beside the feed already. */
function Sheet() {
  const { store } = useComposer()
  const isWanted = useComposed((state) => state.isSheetOpen)
  useEffect(() => {
    if (!isWanted) return
    const query = window.matchMedia(PHONE)
    const leave = () => !query.matches && store.setSheet(false)
    leave()
    query.addEventListener('change', leave)
    return () => query.removeEventListener('change', leave)
  }, [isWanted, store])
  return isWanted && <ComposerSheet onClose={() => store.setSheet(false)} />
}
