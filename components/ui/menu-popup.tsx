'use client'
import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { useEffect } from 'react'
import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'
import type { MenuEntry, MenuProps } from '@/components/ui/menu-entry'

const row =
  'rounded-s flex min-h-9 w-full cursor-pointer items-center gap-2.5 px-2.5 text-left text-14 outline-none data-disabled:cursor-not-allowed data-disabled:opacity-45 data-highlighted:bg-hover phone:min-h-11'

/** The open menu. It opens at once: whoever loads it has just pressed its button. */
export function MenuPopup({ trigger, entries, align = 'end', side = 'bottom', onOpenChange }: MenuProps) {
  useEffect(() => onOpenChange?.(true), [onOpenChange]) // it opens with its first drawing
  return (
    <Base.Root defaultOpen onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup className="max-h-(--available-height) max-w-[min(100vw-16px,420px)] min-w-48 overflow-y-auto rounded-m bg-overlay p-1.5 shadow-lift transition-opacity duration-(--fast) outline-none data-ending-style:opacity-0 data-starting-style:opacity-0">
            {entries.map((entry, index) => (
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === 'separator') return <Base.Separator className="my-1.5 h-px bg-line" />
  if (entry.kind === 'label')
    return (
      <div dir="auto" className="px-2.5 pt-2 pb-1 text-12 font-medium text-text-3">
        {entry.label}
      </div>
    )
  if (entry.kind === 'choices') return <Choices {...entry} />
  const { label, hint, icon: Icon, onSelect, href, download, isChecked, isDisabled, takesAway } = entry
  const content = (
    <>
      {Icon && <Icon aria-hidden className="size-4 shrink-0 text-text-3" />}
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {label}
      </span>
      {hint && <span className="text-12 text-text-3">{hint}</span>}
      {isChecked && <Check aria-hidden className="size-4" />}
    </>
  )
  const className = cn(row, takesAway && 'text-danger')
  if (href && download) {
    return (
      <Base.LinkItem className={className} render={<a href={href} download />} closeOnClick>
        {content}
      </Base.LinkItem>
    )
  }
  if (href) {
    return (
      <Base.LinkItem className={className} render={<Link href={href} />} closeOnClick>
        {content}
      </Base.LinkItem>
    )
  }
  if (isChecked !== undefined) {
    return (
      <Base.CheckboxItem
        checked={isChecked}
        onCheckedChange={onSelect}
        disabled={isDisabled}
        closeOnClick
        className={className}
      >
        {content}
      </Base.CheckboxItem>
    )
  }
  return (
    <Base.Item onClick={onSelect} disabled={isDisabled} className={className}>
      {content}
    </Base.Item>
  )
}

function Choices({ label, hint, icon: Icon, choices }: Extract<MenuEntry, { kind: 'choices' }>) {
  return (
    <div role="group" aria-label={label} className="pb-1">
      <div aria-hidden className="flex min-h-9 items-center gap-2.5 px-2.5 text-14">
        {Icon && <Icon className="size-4 shrink-0 text-text-3" />}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {hint && <span className="text-12 text-text-3">{hint}</span>}
      </div>
      <div className="flex gap-1 pr-2 pl-8">
        {choices.map(({ label: short, name, onSelect }) => (
          <Base.Item
            key={name}
            label={name}
            aria-label={name}
            onClick={onSelect}
            className="flex h-8 min-w-12 flex-1 cursor-pointer items-center justify-center rounded-s bg-field text-13 font-medium outline-none data-highlighted:bg-hover phone:h-11"
          >
            {short}
          </Base.Item>
        ))}
      </div>
    </div>
  )
}
