import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

type CheckboxProps = {
  label: ReactNode
  isChecked: boolean
  isDisabled?: boolean
  name?: string
  onChange: (isChecked: boolean) => void
}

/** A choice that a form collects. */
export function Checkbox({ label, isChecked, isDisabled, name, onChange }: CheckboxProps) {
  return (
    <label className="relative flex min-h-9 cursor-pointer items-center gap-2.5 text-14 has-disabled:opacity-50 phone:min-h-11">
      <input
        type="checkbox"
        name={name}
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden
        className="grid size-[18px] shrink-0 place-items-center rounded-xs bg-field text-transparent edge-2 peer-checked:bg-inverse peer-checked:text-inverse-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus"
      >
        <Check className="size-3.5" strokeWidth={2.5} />
      </span>
      {label}
    </label>
  )
}
