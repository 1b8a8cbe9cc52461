import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'

/** A short one of several in a line; `name` is what it is called where the line is not seen. */
export type MenuChoice = { label: string; name: string; onSelect: () => void }

/** One line of a menu. `checked` makes it one of a set, `href` a link. */
export type MenuEntry =
  | { kind: 'separator' }
  | { kind: 'label'; label: string }
  | { kind: 'choices'; label: string; hint?: string; icon?: LucideIcon; choices: readonly MenuChoice[] }
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
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
  'data-opening'?: boolean
}>
export type MenuProps = {
  trigger: Trigger
  entries: readonly MenuEntry[]
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  onOpenChange?: (isOpen: boolean) => void
}
