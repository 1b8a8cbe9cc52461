'use client'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { useProblemToast } from '@/components/settings/problem'
import { chooseLocale, chooseTheme, useTheme } from '@/components/shell/preferences'
import { useRefresh } from '@/components/shell/refresh'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { LimitedInput } from '@/components/ui/limited-input'
import { Segmented } from '@/components/ui/segmented'
import { showToast } from '@/components/ui/toast'
import { useTyped } from '@/components/ui/use-typed'
import { LOCALE_NAMES, LOCALES, THEMES, type Theme } from '@/lib/i18n/locales'
import { updateMe } from '@/lib/people/client'

/** The name is saved by its button; language and theme take effect as they are chosen. */
export function ProfileForm({ name, email, theme }: { name: string; email: string; theme: Theme }) {
  const t = useTranslations('settings')
  const tCommon = useTranslations('common')
  const refresh = useRefresh()
  const locale = useLocale()
  const [draft, setDraft] = useTyped(name)
  const chosenTheme = useTheme() ?? theme // another tab or the account menu may have chosen since
  const tell = useProblemToast()
  const save = useMutation({
    mutationFn: (wanted: string) => updateMe({ name: wanted }),
    onSuccess: () => {
      showToast({ title: tCommon('saved') })
      refresh()
    },
    onError: tell,
  })
  return (
    <div className="mt-8 grid max-w-[440px] grid-cols-1 gap-5">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(draft)
        }}
      >
        <Field label={t('profile.name')} className="min-w-0 flex-1">
          <LimitedInput value={draft} onText={setDraft} autoComplete="name" limit={80} required />
        </Field>
        <Button type="submit" isBusy={save.isPending} disabled={draft.trim() === name} className="h-10">
          {tCommon('save')}
        </Button>
      </form>
      <Field label={t('profile.email')}>
        <Input value={email} readOnly className="text-text-2" />
      </Field>
      <div className="grid gap-2">
        <span aria-hidden className="text-13 font-medium text-text-2">
          {t('profile.language')}
        </span>
        <Segmented
          label={t('profile.language')}
          value={locale}
          options={LOCALES.map((value) => ({
            value,
            label: <span lang={value}>{LOCALE_NAMES[value]}</span>,
          }))}
          onChange={(value) => void chooseLocale(value).then(refresh)}
        />
      </div>
      <div className="grid gap-2">
        <span aria-hidden className="text-13 font-medium text-text-2">
          {t('profile.theme')}
        </span>
        <Segmented
          label={t('profile.theme')}
          value={chosenTheme}
          options={THEMES.map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
          onChange={(value) => {
            chooseTheme(value)
          }}
        />
      </div>
    </div>
  )
}
