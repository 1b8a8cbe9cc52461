import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { canChange, canGenerate } from '@/components/images/viewer'
import { useViewer } from '@/components/images/viewer-context'
import { usePersonName } from '@/components/people/person-name'
import { ListState } from '@/components/prompts/list-state'
import { PromptText } from '@/components/prompts/prompt-text'
import { Button } from '@/components/ui/button'
import { Confirm } from '@/components/ui/confirm'
import { IconButton } from '@/components/ui/icon-button'
import { SearchInput } from '@/components/ui/search-input'
import { showToast } from '@/components/ui/toast'
import { errorKey } from '@/lib/platform/api-client'
import { promptQueries, useDeleteTemplate } from '@/lib/prompts/client'
import type { PromptTemplate } from '@/lib/prompts/schema'
import { isolate } from '@/lib/text/isolate'
import { matches } from '@/lib/text/search'

type TemplateListProps = {
  team: string
  onUse: (template: PromptTemplate) => void
  onEdit: (template: PromptTemplate) => void
  onNew: () => void
}

/** The team's templates, the most used first; one's own, and for admins everybody's, can be changed. */
export function TemplateList({ team, onUse, onEdit, onNew }: TemplateListProps) {
  const t = useTranslations('templates')
  const viewer = useViewer()
  const query = useQuery(promptQueries.templates(team))
  const [typed, setTyped] = useState('')
  const [deleting, setDeleting] = useState<PromptTemplate | null>(null)
  const shown = query.data?.items.filter(({ name, text }) => matches(typed, [name, text]))
  return (
    <>
      <div className="grid shrink-0 grid-cols-[minmax(0,1fr)_auto] gap-2">
        <SearchInput label={t('searchTemplates')} value={typed} onText={setTyped} />
        {canGenerate(viewer) && (
          <Button className="h-10 phone:h-11" onClick={onNew}>
            <Plus aria-hidden className="size-4" />
            {t('new')}
          </Button>
        )}
      </div>
      <ListState
        query={query}
        count={shown?.length}
        typed={typed.trim()}
        empty={t('templatesEmpty')}
        hint={t('templatesHint')}
      />
      <ul className="-mx-2 grid grid-cols-1 gap-0.5">
        {shown?.map((template) => (
          <TemplateRow
            key={template.id}
            template={template}
            canChange={canChange(viewer, template.maker.id)}
            onUse={() => onUse(template)}
            onEdit={() => onEdit(template)}
            onDelete={() => setDeleting(template)}
          />
        ))}
      </ul>
      {deleting && <DeleteQuestion team={team} template={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

type RowProps = {
  template: PromptTemplate
  canChange: boolean
  onUse: () => void
  onEdit: () => void
  onDelete: () => void
}

function TemplateRow({ template, canChange, onUse, onEdit, onDelete }: RowProps) {
  const t = useTranslations('templates')
  const nameOf = usePersonName()
  const name = isolate(template.name)
  return (
    <li className="flex items-center gap-1">
      <button
        type="button"
        onClick={onUse}
        className="grid min-w-0 flex-1 gap-0.5 rounded-m px-2 py-2.5 text-left hover:bg-hover"
      >
        <span dir="auto" className="truncate text-14 font-medium">
          {template.name}
        </span>
        <span dir="auto" className="line-clamp-2 text-13 wrap-anywhere text-text-2">
          <PromptText text={template.text} />
        </span>
        <span className="truncate text-12 text-text-3">
          {[isolate(nameOf(template.maker.name)), t('uses', { count: template.uses })].join(' · ')}
        </span>
      </button>
      {canChange && (
        <>
          <IconButton label={t('edit', { name })} tip="none" title={t('edit', { name })} onClick={onEdit}>
            <Pencil aria-hidden className="size-[18px]" />
          </IconButton>
          <IconButton
            label={t('delete', { name })}
            tip="none"
            title={t('delete', { name })}
            onClick={onDelete}
          >
            <Trash2 aria-hidden className="size-[18px]" />
          </IconButton>
        </>
      )}
    </li>
  )
}

type QuestionProps = { team: string; template: PromptTemplate; onClose: () => void }

function DeleteQuestion({ team, template, onClose }: QuestionProps) {
  const t = useTranslations('templates')
  const c = useTranslations('common')
  const remove = useDeleteTemplate(team)
  return (
    <Confirm
      title={t('deleteTitle', { name: isolate(template.name) })}
      lead={t('deleteLead')}
      action={t('deleteAct')}
      onAct={() =>
        remove.mutateAsync(template.id).catch((error: unknown) => {
          showToast({ title: c(errorKey(error)), isUrgent: true })
          throw error
        })
      }
      onClose={onClose}
    />
  )
}
