import type { ComponentPropsWithRef, ReactNode } from 'react'
import { cn } from '@/components/ui/cn'

export type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'aria-label'> & {
  /** What it does, in words: its accessible name and its tooltip. */
  label: string
  size?: 's' | 'm'
  isOn?: boolean
  /** On top of an image. */
  onImage?: boolean
  /** The side on which the tooltip opens. */
  tip?: 'top' | 'top-end' | 'bottom' | 'none'
  children: ReactNode
}

/** A button with an icon alone. The name is required; a tooltip shows it. */
export function IconButton({
  label,
  size = 'm',
  isOn,
  onImage,
  tip = 'bottom',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-pressed={isOn}
      data-tip={tip === 'none' ? undefined : label}
      data-tip-side={tip}
      className={cn(
        'touch inline-grid shrink-0 place-items-center rounded-m transition-colors duration-(--fast) disabled:opacity-40',
        onImage ? 'text-on-image hover:bg-image-hover' : 'text-text-2 hover:bg-hover hover:text-text',
        size === 'm' ? 'size-9' : 'size-7 rounded-s',
        isOn && !onImage && 'bg-hover text-text',
        className,
      )}
    />
  )
}
