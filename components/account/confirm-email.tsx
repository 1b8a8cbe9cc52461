'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/components/ui/button'
import { confirmEmail, enter } from '@/lib/account/client'
import { ApiError, errorKey } from '@/lib/platform/api-client'

/** The press that takes the new address: a mail scanner that opens every link does not press. */
export function ConfirmEmail({ token, email }: { token: string; email: string }) {
  const t = useTranslations('auth.link.email')
  const c = useTranslations('common')
  const confirm = useMutation({ mutationFn: () => confirmEmail(token) })
  const code = confirm.error instanceof ApiError ? confirm.error.code : undefined
  const known = { already_exists: t('taken'), link_invalid: t('over') }[code ?? '']
  if (confirm.isSuccess)
    return (
      <div className="grid grid-cols-1 gap-4">
        <div role="status" className="rounded-m bg-field p-4 edge">
          <p className="text-15 font-semibold">{t('doneTitle')}</p>
          <p className="mt-1 text-14 wrap-anywhere text-text-2">{t('done', { email })}</p>
        </div>
        <Button tone="gold" size="l" block onClick={() => enter('/')}>
          {t('toStudio')}
        </Button>
      </div>
    )
  return (
    <div className="grid grid-cols-1 gap-4">
      {confirm.error && (
        <p role="alert" className="text-14 font-medium">
          {known ?? c(errorKey(confirm.error))}
        </p>
      )}
      <Button tone="gold" size="l" block isBusy={confirm.isPending} onClick={() => confirm.mutate()}>
        {t('submit')}
      </Button>
    </div>
  )
}
