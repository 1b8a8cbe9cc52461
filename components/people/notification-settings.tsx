'use client'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Section } from '@/components/settings/section'
import { setNotifies, setSounds, useNotificationChoice } from '@/components/shell/notification-choice'
import { Switch } from '@/components/ui/switch'

/** What this browser does when images are ready and nobody looks. */
export function NotificationSettings() {
  const t = useTranslations('settings.profile.notifications')
  const choice = useNotificationChoice()
  const [isRefused, setRefused] = useState(false)
  return (
    <Section title={t('title')} lead={t('lead')}>
      <div className="grid max-w-[440px] gap-3">
        {choice.canNotify && (
          <Switch
            label={t('system')}
            hint={isRefused ? t('refused') : t('systemHint')}
            isOn={choice.notifies}
            onChange={(isOn) => void setNotifies(isOn).then((isAllowed) => setRefused(!isAllowed))}
          />
        )}
        <Switch label={t('sound')} hint={t('soundHint')} isOn={choice.sounds} onChange={setSounds} />
      </div>
    </Section>
  )
}
