import { lazy, type ComponentType } from 'react'
import { untilLoaded } from '@/components/ui/on-demand'

/** The menus of the feed with what their entries do: they come when somebody first goes for one. */
export const loadMenus = () => import('@/components/generations/card-menus')

type Menus = Awaited<ReturnType<typeof loadMenus>>

export const menu = <Props extends object>(pick: (menus: Menus) => ComponentType<Props>) =>
  lazy(async () => ({ default: pick(await untilLoaded(loadMenus)) }))
