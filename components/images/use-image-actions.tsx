import { useSearchParams } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { downloadPath } from '@/components/images/address'
import { useChanges } from '@/components/images/use-changes'
import { canChange, canGenerate, canMark, canShare, type Viewer } from '@/components/images/viewer'
import { onDemand } from '@/components/ui/on-demand'
import type { Image } from '@/lib/images/schema'
import type { ShareTarget } from '@/lib/share-links/schema'

const ShareDialog = onDemand(() =>
  import('@/components/share-links/share-dialog').then((module) => module.ShareDialog),
)

/** What one image leads to. */
type Kind = Exclude<ShareTarget, 'selection'>

export type ImageActions = {
  image: Image | undefined
  canDownload: boolean
  canReuse: boolean
  /** Undefined where the viewer may not, or the image does not allow it. */
  mark?: () => void
  trash?: () => void
  restore?: () => void
  download?: () => void
  share?: (kind: Kind) => void
  dialog: ReactNode
  hasDialog: boolean
}

type Given = { team: string; viewer: Viewer; image: Image | undefined; onGone: () => void }

/** What this viewer may do with this image. */
export function useImageActions({ team, viewer, image, onGone }: Given): ImageActions {
  const { mark, trash, restore } = useChanges(team)
  const asked = useSearchParams().get('share')
  const [target, setTarget] = useState<Kind | null>(kindOf(asked))
  if (!image) return { image, canDownload: false, canReuse: false, dialog: null, hasDialog: false }
  const { id, favourite } = image
  const throwAway = () => {
    trash([id])
    onGone()
  }
  const may = rightsOn(image, viewer)
  return {
    image,
    canDownload: may.download,
    canReuse: may.reuse,
    mark: may.mark ? () => mark({ ids: [id], favourite: !favourite }) : undefined,
    trash: may.trash ? throwAway : undefined,
    restore: may.restore ? () => restore([id]) : undefined,
    download: may.download ? () => save(image) : undefined,
    share: may.share ? setTarget : undefined,
    dialog: may.share && target && (
      <ShareDialog
        team={team}
        target={{ kind: target, id: idOf(image, target) }}
        isOpen
        onClose={() => setTarget(null)}
      />
    ),
    hasDialog: may.share && target !== null,
  }
}

/** An image that upstream blurred is only looked at; one in the trash or that the team does not see is not handed on. */
function rightsOn({ state, blurReason, deletedAt, maker, ...image }: Image, viewer: Viewer) {
  const isWhole = state === 'completed' && !blurReason
  const isHere = deletedAt === null
  const mayChange = canChange(viewer, maker.id)
  return {
    mark: canMark(viewer),
    trash: isHere && mayChange,
    restore: !isHere && mayChange,
    download: isWhole,
    reuse: isWhole && isHere && canGenerate(viewer),
    share: isWhole && isHere && !image.private && canShare(viewer, maker.id),
  }
}

function kindOf(asked: string | null): Kind | null {
  return asked === 'image' || asked === 'generation' || asked === 'group' ? asked : null
}

function idOf(image: Image, kind: Kind): string {
  return { image: image.id, generation: image.generationId, group: image.groupId }[kind]
}

/** Saves the original under its readable name. */
export function save(image: Pick<Image, 'urls'>): void {
  const link = Object.assign(document.createElement('a'), {
    href: downloadPath(image),
    download: '',
  })
  document.body.append(link)
  link.click()
  link.remove()
}
