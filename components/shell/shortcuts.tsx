'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { hasSingleKeys, setSingleKeys } from '@/components/shell/preferences'
import { useModKey } from '@/components/shell/search-button'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { Switch } from '@/components/ui/switch'

/** Every key of the studio. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell')
  const mod = useModKey()
  const [isOn, setOn] = useState(hasSingleKeys)
  const rows = [
    [`${mod}K`, 'palette'],
    [`${mod}↵`, 'submit'],
    ['Alt ↑ ↓', 'history'],
    ['/', 'search'],
    ['← → ↑ ↓', 'move'],
    ['f', 'favourite'],
    ['x', 'select'],
    ['i', 'details'],
    ['+ −', 'zoom'],
    ['Shift D', 'download'],
    ['Del', 'trash'],
    ['?', 'help'],
  ] as const
  return (
    <Dialog title={t('shortcuts.title')} isOpen onClose={onClose} width="m">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-2.5">
        {rows.map(([keys, name]) => (
          <div key={name} className="contents">
            <dt className="flex gap-1">
              <Kbd>{keys}</Kbd>
            </dt>
            <dd className="text-14 text-text-2">{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-5 border-t border-line pt-3">
        <Switch
          label={t('shortcuts.single')}
          hint={t('shortcuts.singleHint')}
          isOn={isOn}
          onChange={(next) => {
            setSingleKeys(next)
            setOn(next)
          }}
        />
      </div>
    </Dialog>
  )
}
