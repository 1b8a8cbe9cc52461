import { CircleAlert } from 'lucide-react'
import { useId, type ReactElement, type ReactNode, cloneElement } from 'react'
import { cn } from '@/components/ui/cn'

type Control = ReactElement<{ id?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }>

type FieldProps = {
  label: string
  hint?: ReactNode
  error?: ReactNode
  note?: ReactNode
  className?: string
  children: Control
}

/** A control with its label, a hint and, where it is wrong, what to do; all tied together for screen readers. */
export function Field({ label, hint, error, note, className, children }: FieldProps) {
  const id = useId()
  const below = error ?? hint
  return (
    <div className={cn('grid grid-cols-1 gap-2', className)}>
      <div className="flex items-center justify-between gap-2 text-13">
        <label htmlFor={id} className="font-medium text-text-2">
          {label}
        </label>
        {note && <span className="text-text-3">{note}</span>}
      </div>
      {cloneElement(children, {
        id,
        'aria-describedby': below ? `${id}-below` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {below && (
        <p
          id={`${id}-below`}
          role={error ? 'alert' : undefined}
          className={cn('text-13', error ? 'flex gap-1.5 font-medium text-danger' : 'text-text-3')}
        >
          {error && <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />}
          {below}
        </p>
      )}
    </div>
  )
}
