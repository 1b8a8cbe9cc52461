'use client'
import { ScanText } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { useLocale } from '@/components/intl'
import { useComposed, useComposer } from '@/components/composer/composer-context'
import { useAsk } from '@/components/composer/use-ask'
import { Button } from '@/components/ui/button'
import type { Draft } from '@/lib/drafts/draft'
import { describe } from '@/lib/prompts/client'
import type { DescribeInput } from '@/lib/prompts/schema'

/** Asks upstream for words for the chosen image and shows what would change. */
export function DescribeButton() {
  const t = useTranslations('create')
  const locale = useLocale()
  const { store, team, tools } = useComposer()
  const { isAsking, failure, ask } = useAsk(useComposed(({ draft }) => imageIn(draft)))
  const onDescribe = () =>
    ask(async () => {
      const asked = store.get().draft
      const { source, reference, image } = asked
      const language: DescribeInput['language'] = locale === 'ko' ? 'ko' : 'en'
      const chosen =
        source === 'reference' ? reference && { image: reference.path } : image && { imageId: image.imageId }
      if (!chosen) return
      const { captionPrompt, captionTPrompt } = await describe(team, { ...chosen, language })
      const { draft } = store.get()
      if (imageIn(draft) !== imageIn(asked)) return // another one was chosen meanwhile
      const lineage = { ...draft.lineage, captionPrompt, captionTPrompt }
      const prompt = (language === 'ko' ? captionTPrompt : undefined) ?? captionPrompt
      store.propose({ origin: 'describe', after: { ...draft, prompt, lineage } })
    })
  return (
    <div className="grid gap-1">
      <Button
        tone="quiet"
        size="s"
        isBusy={isAsking}
        disabled={!tools.canDescribe}
        onClick={onDescribe}
        className="justify-self-start"
      >
        {!isAsking && <ScanText aria-hidden className="size-4" />}
        {t('describe.action')}
      </Button>
      {!tools.canDescribe && <p className="text-12 text-text-3">{t('describe.off')}</p>}
      {failure && (
        <p role="alert" className="text-13 text-text-2">
          {t(`askFailed.${failure}`)}
        </p>
      )}
    </div>
  )
}

/** The image that would be described, by name. */
const imageIn = ({ source, reference, image }: Draft) =>
  source === 'reference' ? `reference ${reference?.path}` : `image ${image?.imageId}`
