import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'
import { Spinner } from '@/components/ui/spinner'

const tones = {
  /** The one primary action of a view. */
  gold: 'bg-gold font-semibold text-gold-ink hover:bg-gold-hover',
  quiet: 'bg-field font-medium edge-2 hover:bg-hover',
  ghost: 'font-medium text-text-2 hover:bg-hover hover:text-text',
  inverse: 'bg-inverse font-medium text-inverse-ink hover:opacity-90',
  /** For what destroys and cannot be undone. */
  danger: 'bg-danger-fill font-medium text-on-danger hover:opacity-90',
  /** A quiet button whose action takes something away. */
  removal: 'bg-field font-medium text-danger edge-2 hover:bg-hover',
}
const sizes = {
  s: 'h-7 gap-1.5 rounded-s px-2.5 text-13 phone:h-11',
  m: 'h-9 gap-2 rounded-m px-3.5 text-14 phone:h-11',
  l: 'h-12 gap-2 rounded-m px-5 text-15',
}

export type ButtonTone = keyof typeof tones
export type ButtonLook = { tone?: ButtonTone; size?: keyof typeof sizes; block?: boolean }

/** The classes of a button, for links that look like one. */
export function buttonClass({ tone = 'quiet', size = 'm', block }: ButtonLook = {}): string {
  return cn(
    'inline-flex shrink-0 items-center justify-center whitespace-nowrap transition-colors duration-(--fast)',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50',
    tones[tone],
    sizes[size],
    block && 'w-full',
  )
}

export type ButtonProps = ComponentPropsWithRef<'button'> &
  ButtonLook & { isBusy?: boolean; children: ReactNode }

/**
 * A button with words. `isBusy` keeps its size, shows that it works and takes no second click; that of a double click
 * comes before anything is drawn, and is no press of its own.
 */
export function Button({
  tone,
  size,
  block,
  isBusy,
  className,
  children,
  disabled,
  onClick,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (event.detail > 1) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      {...rest}
      onClick={press}
      disabled={disabled || isBusy}
      aria-busy={isBusy || undefined}
      className={cn(buttonClass({ tone, size, block }), isBusy && 'relative', className)}
    >
      {isBusy ? <Busy>{children}</Busy> : children}
    </button>
  )
}

/** A spinner in the place of the words, which keep their room and are still read out. */
function Busy({ children }: { children: ReactNode }) {
  return (
    <>
      <span className="contents text-transparent **:text-transparent">{children}</span>
      <span className="absolute inset-0 grid place-items-center">
        <Spinner />
      </span>
    </>
  )
}
