'use client'
import { cloneElement, lazy, Suspense, useState, type ReactNode } from 'react'
import type { MenuProps, Trigger } from '@/components/ui/menu-entry'
import { untilLoaded } from '@/components/ui/on-demand'

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

type MenuButtonProps = {
  trigger: Trigger
  load: () => Promise<unknown>
  shows?: 'menu' | 'dialog'
  children: ReactNode
}

/** The button of a menu that is loaded on demand; once pressed, the children (which draw the button too) replace it. */
export function MenuButton({ trigger, load, shows = 'menu', children }: MenuButtonProps) {
  const [isWanted, setWanted] = useState(false)
  const preload = () => void load().catch(() => undefined) // the press tries again
  const idle = cloneElement(trigger, {
    'aria-haspopup': shows,
    'aria-expanded': false,
    onClick: () => setWanted(true),
    ...{ onPointerEnter: preload, onFocus: preload },
  })
  if (!isWanted) return idle
  return <Suspense fallback={cloneElement(idle, { 'data-opening': true })}>{children}</Suspense>
}
