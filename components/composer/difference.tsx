import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import { differenceOf } from '@/lib/text/difference'
import { isAboutTheSame } from '@/lib/text/same-subject'

/** A prompt with what came (underlined, heavier) and what went (struck through, fainter): told apart without colour. */
export function Difference({ before, after }: { before: string; after: string }) {
  const t = useTranslations('create.proposal')
  if (before.trim() !== '' && !isAboutTheSame(before, after))
    return <BeforeAndAfter before={before} after={after} />
  return (
    <p dir="auto" className="text-14 leading-6 break-words whitespace-pre-wrap text-text-2">
      {differenceOf(before, after).map(({ kind, text }, index) => {
        if (kind === 'same') return <span key={index}>{text}</span>
        const Mark = kind === 'added' ? 'ins' : 'del'
        const look =
          kind === 'added'
            ? 'bg-hover font-medium text-text underline decoration-focus decoration-2 underline-offset-4'
            : 'text-text-3 line-through'
        return (
          <Mark key={index} className={look}>
            <span className="sr-only"> [{t(kind)}: </span>
            {text}
            <span className="sr-only">] </span>
          </Mark>
        )
      })}
    </p>
  )
}

/** Two texts that have little in common: word for word they would read as neither. */
function BeforeAndAfter({ before, after }: { before: string; after: string }) {
  const t = useTranslations('create.proposal')
  return (
    <dl className="grid gap-2 text-14 leading-6">
      {(['before', 'after'] as const).map((side) => (
        <div key={side}>
          <dt className="text-12 font-medium text-text-3">{t(side)}</dt>
          <dd
            dir="auto"
            className={cn(
              'line-clamp-6 wrap-anywhere whitespace-pre-wrap',
              side === 'before' ? 'text-text-3' : 'font-medium text-text',
            )}
          >
            {side === 'before' ? before : after}
          </dd>
        </div>
      ))}
    </dl>
  )
}
