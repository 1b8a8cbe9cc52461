import type { ReactNode } from 'react'

type SwitchProps = {
  label: ReactNode
  hint?: ReactNode
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** A setting that takes effect at once, with its name on the left. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  return (
    <label className="relative flex min-h-9 cursor-pointer items-center justify-between gap-4 phone:min-h-11">
      <span className="grid gap-0.5">
        <span className="text-14 font-medium">{label}</span>
        {hint && <span className="text-13 text-text-3">{hint}</span>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden
        className="relative h-5 w-9 shrink-0 rounded-full bg-switch-off transition-colors duration-(--base) peer-checked:bg-inverse peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-focus after:absolute after:inset-y-0.5 after:left-0.5 after:w-4 after:rounded-full after:bg-switch-thumb after:transition-transform after:duration-(--base) peer-checked:after:translate-x-4 peer-checked:after:bg-inverse-ink"
      />
    </label>
  )
}
