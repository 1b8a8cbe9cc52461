'use client'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { Button, buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'

type RecoveryCodesProps = { codes: string[]; email: string; onDone: () => void }

/** New recovery codes, this once. */
export function RecoveryCodes({ codes, email, onDone }: RecoveryCodesProps) {
  const t = useTranslations('factors.codes')
  const text = `${t('file', { email })}\n\n${codes.join('\n')}\n`
  return (
    <div className="grid grid-cols-1 gap-4 pb-2">
      <ul
        aria-label={t('list')}
        className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-m bg-field p-4 font-mono text-15 edge"
      >
        {codes.map((code) => (
          <li key={code} className="text-center">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-between gap-2">
        <div className="flex flex-wrap gap-2">
          <CopyButton text={codes.join('\n')} label={t('copy')} />
          <a
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
            download="flamel-studio-recovery-codes.txt"
            className={buttonClass()}
          >
            <Download aria-hidden className="size-4" />
            {t('download')}
          </a>
        </div>
        <Button tone="gold" onClick={onDone}>
          {t('done')}
        </Button>
      </div>
    </div>
  )
}
