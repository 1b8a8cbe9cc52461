'use client'
import type { LucideIcon } from 'lucide-react'
import { cloneElement, lazy, Suspense, useState, type ReactElement, type ReactNode } from 'react'
import { untilLoaded } from '@/components/ui/on-demand'

/** One line of a menu. `checked` makes it one of a set, `href` a link. */
export type MenuEntry =
  | { kind: 'separator' }
  | { kind: 'label'; label: string }
  | {
      kind?: 'item'
      label: string
      hint?: string
      icon?: LucideIcon
      onSelect?: () => void
      href?: string
      download?: boolean
      isChecked?: boolean
      isDisabled?: boolean
      takesAway?: boolean
    }

export type Trigger = ReactElement<{
  onClick?: () => void
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}>
export type MenuProps = {
  trigger: Trigger
  entries: readonly MenuEntry[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
}

const load = () => import('@/components/ui/menu-popup').then(({ MenuPopup }) => ({ default: MenuPopup }))
const MenuPopup = lazy(() => untilLoaded(load))

/** A menu behind a button. The library that draws it is loaded when somebody first goes for it. */
export function Menu(props: MenuProps) {
  return (
    <MenuButton trigger={props.trigger} load={load}>
      <MenuPopup {...props} />
    </MenuButton>
  )
}

type MenuButtonProps = { trigger: Trigger; load: () => Promise<unknown>; children: ReactNode }

/** The button of a menu that is loaded on demand; once pressed, the children (which draw the button too) replace it. */
export function MenuButton({ trigger, load, children }: MenuButtonProps) {
  const [isWanted, setWanted] = useState(false)
  const preload = () => void load().catch(() => undefined) // the press tries again
  const idle = cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    ...{ onPointerEnter: preload, onFocus: preload },
  })
  return isWanted ? <Suspense fallback={idle}>{children}</Suspense> : idle
}
