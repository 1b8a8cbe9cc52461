import { createElement, lazy, Suspense, type ComponentType } from 'react'

/** A component whose code comes when it is first drawn; until then there is nothing in its place. */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function OnDemand(props: Props) {
    return <Suspense fallback={null}>{createElement(Loaded, props)}</Suspense>
  }
}
