import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useComposer } from '@/components/composer/composer-context'
import { focusPrompt } from '@/components/composer/focus-prompt'
import { FillTemplate } from '@/components/prompts/fill-template'
import { PromptHistory } from '@/components/prompts/prompt-history'
import { TemplateForm, type TemplateMemory } from '@/components/prompts/template-form'
import { TemplateList } from '@/components/prompts/template-list'
import { useTemplateUse } from '@/components/prompts/use-template'
import { Dialog } from '@/components/ui/dialog'
import { Segmented } from '@/components/ui/segmented'
import type { Origin } from '@/lib/drafts/store'
import { NOTHING_VARIED } from '@/lib/drafts/variation'
import type { PromptTemplate } from '@/lib/prompts/schema'

type Tab = 'history' | 'templates'
/** What the form begins with: a template, or a new one's text. */
type Edited = { template: PromptTemplate } | { text: string }

/** What was sent before and the team's templates, to put into the form: with undo, as everything that fills it. */
export function PromptLibrary({ onClose, ...memory }: TemplateMemory & { onClose: () => void }) {
  const t = useTranslations('templates')
  const { store, team } = useComposer()
  const [tab, setTab] = useState<Tab>('history')
  const [edited, setEdited] = useState<Edited | null>(null)
  const put = (origin: Origin) => (prompt: string) => {
    focusPrompt(() => {
      store.replace(origin, { ...store.get().draft, ...NOTHING_VARIED, prompt, lineage: {} })
      onClose()
    })
  }
  const { use, filled } = useTemplateUse(team, put('template'))
  if (filled) return <FillTemplate {...filled} />
  if (edited)
    return (
      <TemplateForm
        team={team}
        {...edited}
        {...memory}
        onClose={() => setEdited(null)}
        onSaved={() => {
          setTab('templates')
          setEdited(null)
        }}
      />
    )
  return (
    <Dialog isOpen title={t('title')} onClose={onClose} width="l">
      {/* of one height from the start: a dialog that grows around its middle moves what is about to be pressed */}
      <div className="-mx-2 flex h-[min(520px,60dvh)] flex-col gap-3 overflow-y-auto px-2 pb-3">
        <Segmented
          label={t('show')}
          value={tab}
          options={[
            { value: 'history', label: t('history') },
            { value: 'templates', label: t('templates') },
          ]}
          onChange={setTab}
        />
        {tab === 'history' ? (
          <PromptHistory team={team} onUse={put('history')} onSave={(text) => setEdited({ text })} />
        ) : (
          <TemplateList
            team={team}
            onUse={use}
            onEdit={(template) => setEdited({ template })}
            onNew={() => setEdited({ text: store.get().draft.prompt })}
          />
        )}
      </div>
    </Dialog>
  )
}
