import { partsOf } from '@/lib/prompts/variables'

/** A prompt with its variables set apart. */
export function PromptText({ text }: { text: string }) {
  return partsOf(text).map((part, at) =>
    part.isVariable ? (
      <mark key={at} className="rounded-s bg-hover px-1 text-text">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
