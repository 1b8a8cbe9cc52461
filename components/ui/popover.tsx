'use client'
import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

type PopoverProps = {
  title: string
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
}

/** A small panel beside its button. Load the component that uses it on demand. */
export function Popover({ title, trigger, children, align = 'start', isOpen, onOpenChange }: PopoverProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => onOpenChange?.(open)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="max-h-(--available-height) max-w-[min(420px,calc(100vw-16px))] overflow-y-auto rounded-m bg-overlay p-4 shadow-lift transition-opacity duration-(--fast) outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Base.Title className="sr-only">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
