'use client'
import { Dices, History, Lock, LockOpen, WandSparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { NOTHING_VARIED } from '@/lib/drafts/variation'
import { useAsk } from '@/components/composer/use-ask'
import type { KeptTemplate } from '@/components/prompts/template-form'
import { IconButton } from '@/components/ui/icon-button'
import { onDemand } from '@/components/ui/on-demand'
import { Spinner } from '@/components/ui/spinner'
import { enhance } from '@/lib/prompts/client'

/** Enhance, the dice, what was sent before and the team's templates, and who will see it. */
export function PromptTools() {
  return (
    <>
      <Enhance />
      <Dice />
      <Library />
      <Visibility />
    </>
  )
}

/** Asks upstream for a richer prompt and shows what would change. */
function Enhance() {
  const t = useTranslations('create')
  const { store, team, tools } = useComposer()
  const prompt = useComposed(({ draft }) => draft.prompt)
  const canAsk = prompt.trim() !== ''
  const { isAsking, failure, ask } = useAsk(prompt)
  const onEnhance = () =>
    ask(async () => {
      const asked = store.get().draft
      const styleId = asked.source === 'style' ? asked.style?.styleId : undefined
      const { initialPrompt, enhancedPrompt } = await enhance(team, { text: asked.prompt, styleId })
      const { draft } = store.get()
      const lineage = { ...draft.lineage, initialPrompt, enhancedPrompt }
      store.propose({ origin: 'enhance', after: { ...draft, prompt: enhancedPrompt, lineage } })
    })
  return (
    <>
      <button
        type="button"
        disabled={!tools.canEnhance || !canAsk || isAsking}
        aria-busy={isAsking || undefined}
        title={tools.canEnhance ? undefined : t('prompt.enhanceOff')}
        onClick={onEnhance}
        className="touch inline-flex h-7 items-center gap-1.5 rounded-s px-2 text-13 font-medium text-text-2 hover:bg-hover hover:text-text disabled:opacity-50"
      >
        {isAsking ? <Spinner /> : <WandSparkles aria-hidden className="size-4" />}
        {t('prompt.enhance')}
      </button>
      {!tools.canEnhance && <span className="sr-only">{t('prompt.enhanceOff')}</span>}
      {failure && (
        <span role="alert" className="px-1 text-12 text-text-2">
          {t(`askFailed.${failure}`)}
        </span>
      )}
    </>
  )
}

/** A prompt of ours, in the reader's language; the pool comes with the first throw. */
function Dice() {
  const t = useTranslations('create.prompt')
  const locale = useLocale()
  const { store } = useComposer()
  async function onThrow() {
    const pool: { default: Record<string, string> } = await import(`@/messages/${locale}/prompts.json`)
    const { draft } = store.get()
    const others = Object.values(pool.default).filter((one) => one !== draft.prompt)
    const prompt = others[Math.floor(Math.random() * others.length)]
    if (!prompt) return
    const after = { ...draft, ...NOTHING_VARIED, prompt, lineage: { randomPrompt: prompt } }
    focusPrompt(() => store.replace('dice', after))
  }
  return (
    <IconButton label={t('dice')} size="s" onClick={onThrow}>
      <Dices aria-hidden className="size-4" />
    </IconButton>
  )
}

/** Whether the team sees the images at once or only their maker and admins, until they are published. */
function Visibility() {
  const t = useTranslations('create.prompt')
  const { store, isPrivateByDefault } = useComposer()
  const isPrivate = useComposed(({ draft }) => draft.isPrivate) ?? isPrivateByDefault
  const Icon = isPrivate ? Lock : LockOpen
  return (
    <IconButton
      label={t(isPrivate ? 'private' : 'notPrivate')}
      size="s"
      isOn={isPrivate}
      onClick={() => store.edit({ isPrivate: !isPrivate })}
    >
      <Icon aria-hidden className="size-4" />
    </IconButton>
  )
}

const PromptLibrary = onDemand(() =>
  import('@/components/prompts/prompt-library').then((module) => module.PromptLibrary),
)

/** What was sent before, and the team's templates. */
function Library() {
  const t = useTranslations('create.prompt')
  const [isOpen, setOpen] = useState(false)
  const [kept, setKept] = useState<KeptTemplate>(null)
  return (
    <>
      <IconButton label={t('history')} size="s" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <History aria-hidden className="size-4" />
      </IconButton>
      {isOpen && <PromptLibrary kept={kept} onKeep={setKept} onClose={() => setOpen(false)} />}
    </>
  )
}
