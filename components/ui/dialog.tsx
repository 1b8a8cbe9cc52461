'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { useTranslations } from 'use-intl/react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'

type DialogProps = {
  title: ReactNode
  /** A sentence under the title. */
  lead?: ReactNode
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  footer?: ReactNode
  width?: 's' | 'm' | 'l' | 'full'
  /** What gets the focus first; otherwise the first control. */
  firstFocus?: RefObject<HTMLElement | null>
  /** The title is for screen readers only. */
  hideHeader?: boolean
}

const widths = {
  s: 'w-[440px]',
  m: 'w-[560px]',
  l: 'w-[760px]',
  full: 'h-[min(680px,calc(100dvh-64px))] w-[960px]',
}

/** A modal; on phones a sheet from the bottom. Load the component that uses it on demand: this brings the library in. */
export function Dialog({
  title,
  lead,
  isOpen,
  onClose,
  children,
  footer,
  width = 's',
  firstFocus,
  hideHeader,
}: DialogProps) {
  const t = useTranslations('common')
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop
          forceRender
          className="fixed inset-0 z-50 bg-scrim transition-opacity duration-(--slow) data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Base.Popup
          initialFocus={firstFocus}
          data-modal=""
          className={cn(
            'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] -translate-1/2 flex-col rounded-l bg-overlay shadow-lift outline-none',
            'transition-[transform,opacity] duration-(--slow) ease-out data-ending-style:opacity-0 data-starting-style:translate-y-[calc(-50%+8px)] data-starting-style:opacity-0',
            'phone:top-auto phone:bottom-0 phone:left-0 phone:w-full phone:max-w-none phone:translate-0 phone:rounded-b-none phone:data-starting-style:translate-y-2',
            widths[width],
          )}
        >
          <header className={cn('flex items-start gap-3 px-6 pt-5 pb-2 phone:px-5', hideHeader && 'sr-only')}>
            <div className="min-w-0 flex-1">
              <Base.Title className="text-18 font-semibold wrap-anywhere">{title}</Base.Title>
              {lead && <Base.Description className="mt-1 text-14 text-text-2">{lead}</Base.Description>}
            </div>
            <Base.Close
              render={
                <IconButton label={t('close')} tip="none" className="-mt-1 -mr-2">
                  <X className="size-[18px]" />
                </IconButton>
              }
            />
          </header>
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-6 py-3 phone:px-5">{children}</div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 px-6 pt-3 pb-5 phone:px-5">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
