'use client'
import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, Link2, Lock, Users } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { SetActs } from '@/components/campaign-sets/set-acts'
import { SetGrid } from '@/components/campaign-sets/set-grid'
import { SetProgressLine } from '@/components/campaign-sets/set-progress'
import { canChange, canGenerate, canShare, type Viewer } from '@/components/images/viewer'
import { usePersonName } from '@/components/people/person-name'
import { PromptText } from '@/components/prompts/prompt-text'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { onDemand } from '@/components/ui/on-demand'
import { showToast } from '@/components/ui/toast'
import { campaignSetQueries, useSetAct } from '@/lib/campaign-sets/client'
import { errorKey } from '@/lib/platform/api-client'
import { isolate } from '@/lib/text/isolate'

const ShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.ShareDialog),
)

/** One set: how far it is, what can be done with it, and what became of each cell. */
export function SetView({ team, id, viewer }: { team: string; id: string; viewer: Viewer }) {
  const t = useTranslations('sets')
  const nameOf = usePersonName()
  const format = useFormatter()
  const { data: set } = useQuery(campaignSetQueries.one(team, id))
  const [isSharing, setSharing] = useState(false)
  if (!set) return null
  const mayShare = !set.private && canShare(viewer, set.maker.id)
  const whyNot = t(set.private ? 'acts.sharePrivate' : 'acts.shareNot')
  const when = format.dateTime(new Date(set.createdAt), {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  return (
    <main className="max-w-[1520px] px-8 pt-5 pb-20 phone:px-4">
      <Link
        href={`/t/${team}/sets`}
        className="touch -ml-1 inline-flex items-center gap-1 py-1 text-13 text-text-2 hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        {t('all')}
      </Link>
      <header className="mt-2 mb-6 flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="grid min-w-0 gap-1.5">
          <h1 dir="auto" className="text-24 font-semibold wrap-anywhere">
            {set.name}
          </h1>
          <p dir="auto" className="line-clamp-3 max-w-[80ch] text-14 wrap-anywhere text-text-2">
            <PromptText text={set.prompt} />
          </p>
          {set.private && (
            <p className="flex items-center gap-1.5 text-13 text-text-2">
              <Lock aria-hidden className="size-3.5" />
              {t('private')}
            </p>
          )}
          <p className="text-13 text-text-3">{t('by', { name: isolate(nameOf(set.maker.name)), when })}</p>
          <SetProgressLine paused={set.paused} progress={set.progress} />
        </div>
        <div className="flex flex-wrap gap-2">
          {set.private && canChange(viewer, set.maker.id) && <PublishSet team={team} id={id} />}
          {canChange(viewer, set.maker.id) && (
            <SetActs team={team} set={set} sample={set.cells[0]?.sample ?? 1} canCancel />
          )}
          {set.progress.succeeded > 0 && canGenerate(viewer) && (
            <Button
              aria-disabled={!mayShare}
              title={mayShare ? undefined : whyNot}
              onClick={() => mayShare && setSharing(true)}
            >
              <Link2 aria-hidden className="size-4" />
              {t('acts.share')}
              {!mayShare && <span className="sr-only">: {whyNot}</span>}
            </Button>
          )}
        </div>
      </header>
      <SetGrid team={team} set={set} />
      {isSharing && (
        <ShareDialog
          team={team}
          target={{ kind: 'group', id: set.groupId }}
          name={set.name}
          isOpen
          onClose={() => setSharing(false)}
        />
      )}
    </main>
  )
}

function PublishSet({ team, id }: { team: string; id: string }) {
  const t = useTranslations('sets.acts')
  const c = useTranslations('common')
  const act = useSetAct(team, id)
  const tell = (error: Error) => showToast({ title: c(errorKey(error)), isUrgent: true })
  return (
    <Button isBusy={act.isPending} onClick={() => act.mutate('publish', { onError: tell })}>
      <Users aria-hidden className="size-4" />
      {t('publish')}
    </Button>
  )
}
