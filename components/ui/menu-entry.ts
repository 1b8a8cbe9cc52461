import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'

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
