'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { Difference } from '@/components/composer/difference'
import { Thumb } from '@/components/ui/thumb'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { useLocale } from '@/components/intl'
import { Button } from '@/components/ui/button'
import type { Draft } from '@/lib/drafts/draft'
import { changesBetween, type Change } from '@/lib/drafts/reuse'
import type { Proposal } from '@/lib/drafts/store'
import { groupOf, variationOf } from '@/lib/drafts/variation'
import { referenceQueries } from '@/lib/references/client'
import { styleQueries } from '@/lib/styles/client'
import { styleNameOf } from '@/lib/styles/style-name'
import { isolate } from '@/lib/text/isolate'
import { shortcutOf } from '@/lib/text/shortcut'

/** What would be put into the form, set against what is there; nothing changes until a person says so. */
export function ProposalCard({ proposal, title }: { proposal: Proposal; title: string }) {
  const t = useTranslations('create.proposal')
  const { store } = useComposer()
  const draft = useComposed((state) => state.draft)
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    const seen = card.current
    if (!seen || seen.offsetParent === null) return
    seen.scrollIntoView({ block: 'nearest' })
    const isTyping = document.activeElement?.matches('textarea, input')
    if (!isTyping) seen.querySelector('button')?.focus()
  }, [proposal])
  const after = { ...draft, ...proposal.change }
  const changes = changesBetween(draft, after)
  const close = (act: () => void) => () => focusPrompt(act)
  return (
    <section
      ref={card}
      aria-label={title}
      className="grid animate-fade gap-3 rounded-m bg-field p-4 edge-2"
      onKeyDown={(event) => shortcutOf(event.nativeEvent) === 'Escape' && close(store.dismiss)()}
    >
      <h3 className="text-14 font-semibold">{title}</h3>
      <p className="text-13 text-text-3">{t(changes.length > 0 ? 'lead' : 'nothing')}</p>
      {changes.includes('prompt') && <Difference before={draft.prompt} after={after.prompt} />}
      <Settings before={draft} after={after} changes={changes.filter((change) => change !== 'prompt')} />
      <div className="flex flex-wrap gap-2">
        {changes.length > 0 && (
          <Button tone="inverse" size="s" onClick={close(store.accept)}>
            {t('apply')}
          </Button>
        )}
        <Button tone="ghost" size="s" onClick={close(store.dismiss)}>
          {t('discard')}
        </Button>
      </div>
    </section>
  )
}

function Settings({ before, after, changes }: { before: Draft; after: Draft; changes: Change[] }) {
  const name = useNames()
  if (changes.length === 0) return null
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-13">
      {changes.map((change) => (
        <div key={change} className="contents">
          <dt className="text-text-3">{name.of[change]}</dt>
          <dd className="line-clamp-4 wrap-anywhere text-text-2">
            <del dir="auto" className="text-text-3">
              {change === 'source' && <SourceImageThumb draft={before} />}
              {name.value(change, before)}
            </del>
            <span aria-hidden> → </span>
            <ins dir="auto" className="font-medium text-text no-underline">
              {change === 'source' && <SourceImageThumb draft={after} />}
              {name.valueAfter(change, before, after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** The image that a draft starts from, small. */
function SourceImageThumb({ draft }: { draft: Draft }) {
  const { team } = useComposer()
  const { source, reference, image } = draft
  const { data } = useQuery({ ...referenceQueries.list(team), enabled: source === 'reference' })
  const known = data?.items.find(({ path }) => path === reference?.path)?.urls?.thumb
  const src =
    source === 'style'
      ? variationOf(draft)?.thumb
      : source === 'image'
        ? image?.thumb
        : (reference?.thumb ?? known)
  return src && <Thumb src={src} className="mr-1.5 inline size-7 rounded-xs align-middle" />
}

/** The form's fields and their values in words. */
function useNames() {
  const t = useTranslations('create')
  const locale = useLocale()
  const { team } = useComposer()
  const { data } = useQuery(styleQueries.list(team))
  const of: Record<Change, string> = {
    prompt: t('prompt.label'),
    source: t('source.label'),
    ratio: t('ratio.label'),
    sample: t('sample.label'),
    group: t('group.label'),
  }
  /** One without an image of ours is told from another by its file's name. */
  const referenceName = ({ path, thumb }: NonNullable<Draft['reference']>) =>
    thumb ? t('source.reference') : `${t('source.reference')} ${isolate(path.split('/').at(-1) ?? '')}`
  function sourceName(draft: Draft): string {
    const { source, style, reference, image } = draft
    const variation = variationOf(draft)
    if (source === 'reference') return reference ? referenceName(reference) : t('proposal.none')
    if (source === 'image') return image ? t('image.number', { imageId: image.imageId }) : t('proposal.none')
    if (!style) return t('proposal.none')
    const styleName =
      styleNameOf(data?.items, style.styleId, locale) ?? t('style.unknown', { styleId: style.styleId })
    return variation
      ? `${isolate(styleName)}, ${t('image.number', { imageId: variation.imageId })}`
      : styleName
  }
  function value(change: Change, draft: Draft): string {
    if (change === 'source') return sourceName(draft)
    if (change === 'ratio') return draft.ratio
    if (change === 'sample') return t('sample.name', { count: draft.sample })
    if (change === 'group') return groupName(draft)
    return draft.prompt
  }
  function groupName(draft: Draft): string {
    const group = groupOf(draft)
    return group ? t('proposal.sameGroup', { prompt: isolate(group.prompt) }) : t('proposal.newGroup')
  }
  /** What is new must not read like what is there: two groups may begin with the same words, two styles have one name. */
  function valueAfter(change: Change, before: Draft, after: Draft): string {
    const shown = value(change, after)
    if (shown !== value(change, before)) return shown
    if (change === 'source' && after.style)
      return t('picker.line', { name: isolate(shown), styleId: after.style.styleId })
    return change === 'group'
      ? t('proposal.otherGroup', { prompt: isolate(groupOf(after)?.prompt ?? '') })
      : shown
  }
  return { of, value, valueAfter }
}
