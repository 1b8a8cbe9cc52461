type MeterProps = { label: string; value: number; max: number }

/** How much of something is used. */
export function Meter({ label, value, max }: MeterProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className="h-1 overflow-hidden rounded-full bg-line-2"
    >
      <div className="h-full bg-text-2" style={{ width: `${share * 100}%` }} />
    </div>
  )
}
