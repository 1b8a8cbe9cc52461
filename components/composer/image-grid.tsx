import type { ReactNode } from 'react'
import { Thumb } from '@/components/ui/thumb'

export type Choice = {
  key: string
  label: string
  tip: string
  src?: string
  onChoose: () => void
  fallback?: ReactNode
}

/** Images to choose one from. */
export function ImageGrid({ choices }: { choices: readonly Choice[] }) {
  return (
    <ul className="grid grid-cols-6 gap-2 max-[1180px]:grid-cols-5 phone:grid-cols-3">
      {choices.map(({ key, label, tip, src, onChoose, fallback }) => (
        <li key={key}>
          <button
            type="button"
            aria-label={label}
            title={tip}
            onClick={onChoose}
            className="grid aspect-square w-full place-items-center overflow-hidden rounded-s bg-skeleton"
          >
            {src ? <Thumb src={src} /> : fallback}
          </button>
        </li>
      ))}
    </ul>
  )
}
