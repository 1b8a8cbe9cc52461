import { partsOf } from '@/lib/prompts/variables'

/** A prompt with its variables set apart. */
export function PromptText({ text }: { text: string }) {
  return partsOf(text).map((part, at) =>
    part.isVariable ? (
      <mark key={at} className="-mx-0.5 rounded-xs bg-hover px-0.5 text-text">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  )
}
