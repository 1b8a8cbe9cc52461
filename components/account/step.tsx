import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

type StepProps = { number: number; state: 'now' | 'done' | 'later'; title: string; children?: ReactNode }

const marks = {
  now: 'bg-inverse text-inverse-ink',
  done: 'bg-hover text-text',
  later: 'bg-field text-text-3',
}

/** One step of a way with its place on the line. */
export function Step({ number, state, title, children }: StepProps) {
  return (
    <section className="relative grid grid-cols-[28px_minmax(0,1fr)] gap-x-5 pb-9 before:absolute before:top-9 before:bottom-2 before:left-[13.5px] before:w-px before:bg-line-2 last-of-type:before:hidden phone:gap-x-3.5">
      <span className={cn('grid size-7 place-items-center rounded-full text-13 font-semibold', marks[state])}>
        {state === 'done' ? <Check aria-hidden className="size-4" strokeWidth={2.5} /> : number}
      </span>
      <div className="min-w-0">
        <h2
          className={cn(
            'font-semibold',
            state === 'now' ? 'text-18' : 'text-15 leading-7',
            state === 'later' && 'text-text-2',
          )}
        >
          {title}
        </h2>
        {children}
      </div>
    </section>
  )
}
