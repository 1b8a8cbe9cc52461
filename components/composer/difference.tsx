import { useTranslations } from 'use-intl/react'
import { differenceOf } from '@/lib/text/difference'

/** A prompt with what came (underlined, heavier) and what went (struck through, fainter): told apart without colour. */
export function Difference({ before, after }: { before: string; after: string }) {
  const t = useTranslations('create.proposal')
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
