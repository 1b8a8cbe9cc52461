'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useProblemToast } from '@/components/settings/problem'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { createPasswordLink } from '@/lib/members/client'
import type { Member } from '@/lib/members/schema'
import { isolate } from '@/lib/text/isolate'

type PasswordLinkProps = { team: string; member: Member; onClose: () => void }

/** Makes a link by which a member chooses a new password, to be handed over. */
export function PasswordLinkDialog({ team, member, onClose }: PasswordLinkProps) {
  const t = useTranslations('settings')
  const tCommon = useTranslations('common')
  const tell = useProblemToast({ forbidden: t('members.resetForbidden') })
  const make = useMutation({ mutationFn: () => createPasswordLink(team, member.id), onError: tell })
  const link = make.data && `${window.location.origin}${make.data.path}`
  const footer = link ? (
    <CopyButton text={link} label={t('members.copyLink')} tone="gold" />
  ) : (
    <>
      <Button onClick={onClose}>{tCommon('cancel')}</Button>
      <Button tone="gold" isBusy={make.isPending} onClick={() => make.mutate()}>
        {t('members.resetDo')}
      </Button>
    </>
  )
  return (
    <Dialog
      isOpen
      title={t('members.resetTitle', { name: isolate(member.name) })}
      lead={t('members.resetLead')}
      onClose={onClose}
      footer={footer}
    >
      {link && (
        <Input
          readOnly
          value={link}
          aria-label={t('members.copyLink')}
          onFocus={(event) => event.target.select()}
        />
      )}
    </Dialog>
  )
}
